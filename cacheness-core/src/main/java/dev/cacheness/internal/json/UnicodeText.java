package dev.cacheness.internal.json;

/** Java's strings may hold halves of surrogate pairs, which neither UTF-8 nor JSON can. */
public final class UnicodeText {

    private UnicodeText() {}

    /** Whether every surrogate has its other half. */
    public static boolean isWellFormed(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c) || i + 1 == length || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
