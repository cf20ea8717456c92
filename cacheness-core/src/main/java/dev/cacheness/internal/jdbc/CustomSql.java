package dev.cacheness.internal.jdbc;

import dev.cacheness.Comparison;
import dev.cacheness.spi.CustomColumn;
import dev.cacheness.spi.CustomCondition;
import dev.cacheness.spi.CustomOrder;
import dev.cacheness.spi.CustomSelection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A selection by custom metadata as statements. All values are parameters; the names are those of {@link CustomNames}. The cross join makes SQLite begin
 * with the custom metadata, whose indexes the condition is about.
 */
final class CustomSql {

    private static final String FROM = """
            from %s m cross join cacheness_entry e
            where e.digest = m.digest and (e.expires_at is null or e.expires_at > ?) and %s
            """;

    private final CustomSelection selection;

    private final List<Object> parameters = new ArrayList<>();

    private final String from;

    CustomSql(CustomSelection selection) {
        this.selection = selection;
        parameters.add(Millis.of(selection.aliveAt()));
        this.from = FROM.formatted(CustomNames.table(selection.table().name()), condition(selection.condition()));
    }

    String list() {
        String columns = selection.table().columns().stream()
                .map(column -> ", " + name(column))
                .collect(Collectors.joining());
        String orders = selection.orders().isEmpty()
                ? "e.created_at desc"
                : selection.orders().stream().map(CustomSql::order).collect(Collectors.joining(", "));
        return "select m.digest" + columns + "\n" + from + "order by " + orders + ", m.digest\nlimit ? offset ?";
    }

    String count() {
        return "select count(*)\n" + from;
    }

    /** Selects the digests and no more than these. */
    String digests() {
        return "select m.digest\n" + from;
    }

    /** Binds what was given, and numbers after it. */
    Session.Parameters followedBy(int... numbers) {
        return statement -> {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            for (int i = 0; i < numbers.length; i++) {
                statement.setInt(parameters.size() + i + 1, numbers[i]);
            }
        };
    }

    private String condition(CustomCondition condition) {
        if (condition instanceof CustomCondition.Compare compare) {
            parameters.add(compare.value());
            return name(compare.column()) + ' ' + operator(compare.comparison()) + " ?";
        }
        if (condition instanceof CustomCondition.OneOf oneOf) {
            if (oneOf.values().isEmpty()) {
                return "false";
            }
            parameters.addAll(oneOf.values());
            String marks = String.join(", ", Collections.nCopies(oneOf.values().size(), "?"));
            return name(oneOf.column()) + " in (" + marks + ")";
        }
        if (condition instanceof CustomCondition.StartsWith starts) {
            return startsWith(starts);
        }
        if (condition instanceof CustomCondition.IsNull isNull) {
            return name(isNull.column()) + " is null";
        }
        if (condition instanceof CustomCondition.Not not) {
            return name(not.condition().column()) + " is not null";
        }
        if (condition instanceof CustomCondition.All all) {
            return joined(all.conditions(), " and ", "true");
        }
        return joined(((CustomCondition.Any) condition).conditions(), " or ", "false");
    }

    private String joined(List<CustomCondition> conditions, String word, String ifEmpty) {
        return conditions.isEmpty()
                ? ifEmpty
                : conditions.stream().map(this::condition).collect(Collectors.joining(word, "(", ")"));
    }

    /** As a range, which an index can answer. */
    private String startsWith(CustomCondition.StartsWith starts) {
        String name = name(starts.column());
        parameters.add(starts.prefix());
        String end = endOf(starts.prefix());
        if (end == null) {
            return name + " >= ?";
        }
        parameters.add(end);
        return "(" + name + " >= ? and " + name + " < ?)";
    }

    /** The least text that is greater than all that begin with the prefix; null if there is none. */
    static @Nullable String endOf(String prefix) {
        int length = prefix.length();
        while (length > 0) {
            int last = prefix.codePointBefore(length);
            length -= Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
                return prefix.substring(0, length) + Character.toString(next);
            }
        }
        return null;
    }

    private static String operator(Comparison comparison) {
        return switch (comparison) {
            case EQUAL -> "=";
            case NOT_EQUAL -> "<>";
            case LESS -> "<";
            case AT_MOST -> "<=";
            case GREATER -> ">";
            case AT_LEAST -> ">=";
            case EXISTS -> throw new IllegalArgumentException("EXISTS compares nothing");
        };
    }

    private static String order(CustomOrder order) {
        return name(order.column()) + (order.descending() ? " desc nulls last" : " nulls first");
    }

    private static String name(CustomColumn column) {
        return "m." + CustomNames.column(column);
    }
}
