package dev.cacheness.sql.store;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.SQLException;

/** Decimals in PostgreSQL's binary form: digits of base 10,000, the place of the first of them, a sign, and the number of decimal places. */
final class PostgresNumeric {

    private static final int DIGITS = 4;

    /** More than this the binary form does not take, before and behind the point together. */
    private static final int MAX_DIGITS = 12_000;

    private static final short NEGATIVE = 0x4000;

    private PostgresNumeric() {}

    /** @throws SQLException if it has more than 12,000 digits */
    static byte[] of(BigDecimal value) throws SQLException {
        long length = Math.max(value.scale(), (long) value.precision() - Math.min(value.scale(), 0));
        if (length > MAX_DIGITS) {
            throw new SQLException("A decimal has " + length + " digits, of which PostgreSQL takes no more than "
                    + MAX_DIGITS + " at a time");
        }
        BigDecimal number = value.scale() < 0 ? value.setScale(0) : value;
        int fraction = (number.scale() + DIGITS - 1) / DIGITS;
        String digits = number.unscaledValue().abs().toString() + "0".repeat(fraction * DIGITS - number.scale());
        digits = "0".repeat(Math.floorMod(-digits.length(), DIGITS)) + digits;
        int groups = digits.length() / DIGITS;
        int first = 0;
        while (first < groups && group(digits, first) == 0) {
            first++;
        }
        ByteBuffer bytes = ByteBuffer.allocate((DIGITS + groups - first) * Short.BYTES);
        bytes.putShort((short) (groups - first));
        bytes.putShort((short) (groups - fraction - first - 1));
        bytes.putShort(number.signum() < 0 ? NEGATIVE : 0);
        bytes.putShort((short) number.scale());
        for (int i = first; i < groups; i++) {
            bytes.putShort(group(digits, i));
        }
        return bytes.array();
    }

    private static short group(String digits, int index) {
        return Short.parseShort(digits.substring(index * DIGITS, (index + 1) * DIGITS));
    }
}
