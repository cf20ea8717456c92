package dev.cacheness;

import java.util.regex.Pattern;

/** What an attribute may be called and may hold, the same wherever attributes are given. */
final class AttributeRules {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private static final int MAX_TEXT_LENGTH = 65_536;

    private AttributeRules() {}

    static String checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "An attribute's name has 1 to 64 letters, digits, '_', '-' or '.', but got '"
                            + (name.length() > 80 ? name.substring(0, 80) + "…" : name) + "'");
        }
        return name;
    }

    private static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    static Object checkValue(String name, Object value) {
        if (value instanceof String text) {
            if (text.length() > MAX_TEXT_LENGTH) {
                throw new IllegalArgumentException("Attribute '" + name + "' has " + text.length()
                        + " characters, at most " + MAX_TEXT_LENGTH + " are allowed");
            }
            return text;
        }
        if (value instanceof Boolean
                || value instanceof Long
                || (value instanceof Double number && Double.isFinite(number))) {
            return value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        throw new IllegalArgumentException(
                "Attribute '" + name + "' must be a String, Boolean, Integer, Long or finite Double, but is "
                        + (value == null ? "null" : value.getClass().getName() + " " + shortened(value)));
    }
}
