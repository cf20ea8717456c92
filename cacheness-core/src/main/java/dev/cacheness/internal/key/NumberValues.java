package dev.cacheness.internal.key;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers, which are the same when their values are, as long as they are of one of three kinds: integer, floating point, decimal. */
final class NumberValues {

    private NumberValues() {}

    static boolean write(Object value, CanonicalBytes out) {
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            writeInteger(((Number) value).longValue(), out);
        } else if (value instanceof Double || value instanceof Float) {
            out.taggedLong(Tag.FLOATING, Double.doubleToLongBits(((Number) value).doubleValue()));
        } else if (value.getClass() == BigInteger.class) {
            out.tag(Tag.INTEGER);
            writeUnscaled((BigInteger) value, out);
        } else if (value.getClass() == BigDecimal.class) {
            writeDecimal((BigDecimal) value, out);
        } else {
            return false;
        }
        return true;
    }

    /** The same bytes as {@link BigInteger#toByteArray()}: two's complement, as few bytes as will do. */
    static void writeInteger(long value, CanonicalBytes out) {
        int significantBits = Long.SIZE - Long.numberOfLeadingZeros(value < 0 ? ~value : value);
        int length = significantBits / Byte.SIZE + 1;
        out.tag(Tag.INTEGER);
        out.length(length);
        for (int i = length - 1; i >= 0; i--) {
            out.tag((int) (value >> i * Byte.SIZE));
        }
    }

    private static void writeDecimal(BigDecimal value, CanonicalBytes out) {
        out.tag(Tag.DECIMAL);
        // Stripping zeros takes quadratic time, so what is too large anyway is refused before.
        out.room(value.unscaledValue().bitLength() / Byte.SIZE);
        BigDecimal stripped = value.stripTrailingZeros();
        writeUnscaled(stripped.unscaledValue(), out);
        out.fixed(stripped.scale());
    }

    private static void writeUnscaled(BigInteger value, CanonicalBytes out) {
        out.sized(value.toByteArray());
    }
}
