package dev.cacheness.boot.annotation;

import dev.cacheness.PutOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.common.LiteralExpression;

/**
 * What is stored with the result of a method. Immutable.
 *
 * @param fixed what is the same for all calls
 */
record StoredFacts(
        List<PutOption> fixed,
        List<Attribute> attributes,
        List<Expression> tags,
        @Nullable Expression description) {

    private static final PutOption[] NO_OPTIONS = {};

    /** What has no expression in it is put together once, so that mistakes show at the start. */
    static StoredFacts of(
            @Nullable PutOption life,
            @Nullable PutOption codec,
            List<Attribute> attributes,
            List<Expression> tags,
            @Nullable Expression description) {
        List<PutOption> fixed = new ArrayList<>();
        List<Attribute> openAttributes = new ArrayList<>();
        List<Expression> openTags = new ArrayList<>();
        if (life != null) {
            fixed.add(life);
        }
        if (codec != null) {
            fixed.add(codec);
        }
        for (Attribute attribute : attributes) {
            if (attribute.value() instanceof LiteralExpression literal) {
                fixed.add(PutOption.attribute(attribute.name(), literal.getExpressionString()));
            } else {
                openAttributes.add(attribute);
            }
        }
        for (Expression tag : tags) {
            if (tag instanceof LiteralExpression literal) {
                fixed.add(PutOption.tags(literal.getExpressionString()));
            } else {
                openTags.add(tag);
            }
        }
        boolean fixedDescription = description instanceof LiteralExpression;
        if (description != null && fixedDescription) {
            fixed.add(PutOption.description(description.getExpressionString()));
        }
        return new StoredFacts(
                List.copyOf(fixed),
                List.copyOf(openAttributes),
                List.copyOf(openTags),
                fixedDescription ? null : description);
    }

    boolean needsContext() {
        return !attributes.isEmpty() || !tags.isEmpty() || description != null;
    }

    PutOption[] options(@Nullable EvaluationContext context, @Nullable Predicate<Object> storeIf) {
        if (!needsContext() && storeIf == null) {
            return fixed.toArray(NO_OPTIONS);
        }
        List<PutOption> options = new ArrayList<>(fixed);
        if (context != null) {
            attributes.forEach(each -> options.add(PutOption.attribute(each.name(), value(each.value(), context))));
            tags.forEach(each -> options.add(PutOption.tags(String.valueOf(value(each, context)))));
            if (description != null) {
                options.add(PutOption.description(String.valueOf(value(description, context))));
            }
        }
        if (storeIf != null) {
            options.add(PutOption.storeIf(storeIf));
        }
        return options.toArray(NO_OPTIONS);
    }

    private static Object value(Expression expression, EvaluationContext context) {
        Object value = expression.getValue(context);
        return value == null ? "null" : value;
    }

    /** A name, and what gives its value. */
    record Attribute(String name, Expression value) {

        static Attribute of(MethodExpressions expressions, String attribute, String text, boolean withResult) {
            String resolved = expressions.resolved(attribute, text);
            int equals = resolved.indexOf('=');
            if (equals <= 0) {
                throw expressions.problem(attribute, text, "is not of the form name=value", null);
            }
            return new Attribute(
                    resolved.substring(0, equals),
                    expressions.template(attribute, resolved.substring(equals + 1), withResult));
        }
    }
}
