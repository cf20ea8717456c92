package dev.cacheness.internal.metadata;

import dev.cacheness.Comparison;

/** Compares as databases do. */
final class Orders {

    private Orders() {}

    /** Whether the comparison is true of two values of which this is the order, as comparators tell it. */
    static boolean holds(Comparison comparison, int order) {
        return switch (comparison) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case GREATER -> order > 0;
            case AT_LEAST -> order >= 0;
            case EXISTS -> true;
        };
    }

    /** By code points, which is the order of the bytes in UTF-8 and not that of {@link String#compareTo}. */
    static int compareTexts(String some, String other) {
        int length = Math.min(some.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = some.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                boolean equalKind = Character.isSurrogate(a) == Character.isSurrogate(b);
                return equalKind ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(some.length(), other.length());
    }
}
