package dev.cacheness.internal.json;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import tools.jackson.core.TreeNode;
import tools.jackson.databind.JsonNode;

/** What needs to be known of Jackson's trees. */
public final class JsonTrees {

    private JsonTrees() {}

    /** Whether it is a node of a tree. */
    public static boolean isTree(Object value) {
        return value instanceof JsonNode;
    }

    /** Whether values of the type are nodes of a tree. */
    public static boolean isTreeType(Type type) {
        return type instanceof Class<?> raw && TreeNode.class.isAssignableFrom(raw);
    }

    /**
     * Whether a tree reads back with all its values. Numbers keep their value, but the node that holds one is the one that the parser makes of its text.
     */
    public static boolean isReadable(Object tree) {
        return isReadable((JsonNode) tree, JsonLimits.DEPTH);
    }

    /** Whether there is a fraction that a {@code double} cannot hold. */
    public static boolean needsExactFractions(Object tree) {
        JsonNode node = (JsonNode) tree;
        if (node.isContainer()) {
            for (JsonNode child : node) {
                if (needsExactFractions(child)) {
                    return true;
                }
            }
            return false;
        }
        return node.isBigDecimal() && !isDouble(node.decimalValue());
    }

    private static boolean isReadable(JsonNode node, int depth) {
        if (node.isContainer()) {
            if (depth == 0) {
                return false;
            }
            for (JsonNode child : node) {
                if (!isReadable(child, depth - 1)) {
                    return false;
                }
            }
            return node.propertyNames().stream().allMatch(JsonLimits::isName);
        }
        if (node.isFloatingPointNumber()) {
            return node.isBigDecimal() ? JsonLimits.isNumber(node.decimalValue()) : Double.isFinite(node.doubleValue());
        }
        if (node.isBigInteger()) {
            return JsonLimits.isNumber(node.bigIntegerValue());
        }
        return node.isNull()
                || node.isBoolean()
                || node.isNumber()
                || (node.isString() && JsonLimits.isText(node.stringValue()));
    }

    private static boolean isDouble(BigDecimal value) {
        double nearest = value.doubleValue();
        return Double.isFinite(nearest) && new BigDecimal(Double.toString(nearest)).compareTo(value) == 0;
    }
}
