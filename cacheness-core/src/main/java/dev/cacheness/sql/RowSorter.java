package dev.cacheness.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds for each row the partition that was asked for it. Most rows belong to the one of the row before. For one answer. */
final class RowSorter {

    /** The positions of the partition columns that the request names values of; all its partitions name the same. */
    private final List<Integer> positions;

    private final Map<Partition, List<StoredRow>> rows = new LinkedHashMap<>();

    private final Map<List<Object>, Target> targets = new HashMap<>();

    private @Nullable Target last;

    private record Target(List<Object> values, List<StoredRow> rows) {}

    RowSorter(Context<?> context, List<Partition> partitions) {
        this.positions = named(context, partitions.get(0));
        for (Partition partition : partitions) {
            Target target = new Target(valuesOf(partition), new ArrayList<>());
            targets.put(target.values(), target);
            rows.put(partition, target.rows());
        }
    }

    private static List<Integer> named(Context<?> context, Partition partition) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < partition.id().size(); i++) {
            if (partition.id().value(i) != null) {
                positions.add(context.layout().partition().get(i));
            }
        }
        return positions;
    }

    private static List<Object> valuesOf(Partition partition) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < partition.id().size(); i++) {
            Object value = partition.id().value(i);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** The rows of the row's partition, null if nobody asked for it. */
    @Nullable
    List<StoredRow> of(StoredRow row) {
        Target target = last;
        if (target == null || !isOf(row, target)) {
            target = targets.get(StoredRows.values(row, positions));
            last = target;
        }
        return target == null ? null : target.rows();
    }

    private boolean isOf(StoredRow row, Target target) {
        for (int i = 0; i < positions.size(); i++) {
            if (!target.values().get(i).equals(row.values()[positions.get(i)])) {
                return false;
            }
        }
        return true;
    }

    /** The rows of every partition, in the order in which they came. */
    Map<Partition, List<StoredRow>> rows() {
        return rows;
    }
}
