package dev.cacheness.internal.json;

import java.math.BigDecimal;
import java.math.BigInteger;

/** How large the parts of a JSON text may be. They hold for what is written, too, so that nothing is written that cannot be read. */
public final class JsonLimits {

    /** How deep lists and objects may be nested. */
    public static final int DEPTH = 500;

    static final int NUMBER_LENGTH = 1_000;

    static final int STRING_LENGTH = 100_000_000;

    static final int NAME_LENGTH = 50_000;

    /** What the longest name takes in UTF-8 at most. */
    public static final int NAME_BYTES = 3 * NAME_LENGTH;

    private static final int BITS_PER_DIGIT = 3;

    private JsonLimits() {}

    /** Whether the text can be the value of a property. */
    public static boolean isText(String text) {
        return text.length() <= STRING_LENGTH && UnicodeText.isWellFormed(text);
    }

    /** Whether the text can be the name of a property. */
    public static boolean isName(String text) {
        return text.length() <= NAME_LENGTH && UnicodeText.isWellFormed(text);
    }

    /** Whether the number is short enough. */
    public static boolean isNumber(BigInteger number) {
        return number.bitLength() < NUMBER_LENGTH * BITS_PER_DIGIT;
    }

    static boolean isNumber(BigDecimal number) {
        return number.precision() < NUMBER_LENGTH / 2 && Math.abs((long) number.scale()) < NUMBER_LENGTH / 2;
    }
}
