package dev.cacheness.internal.custom;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Decimals as texts whose order is that of the numbers, and of which there is one for each number: a digit for the sign, ten for the exponent, and the
 * digits of the number without trailing zeros. Of a negative number all digits are turned round, and a '~' follows, which is greater than any digit.
 */
final class SortableDecimal {

    private static final long EXPONENT_BIAS = 5_000_000_000L;

    private static final String ZERO = "1";

    private SortableDecimal() {}

    static String encode(BigDecimal number) {
        if (number.signum() == 0) {
            return ZERO;
        }
        BigDecimal plain = number.stripTrailingZeros();
        long exponent = (long) plain.precision() - plain.scale();
        String digits = "%010d".formatted(exponent + EXPONENT_BIAS)
                + plain.unscaledValue().abs();
        return number.signum() > 0 ? "2" + digits : "0" + turned(digits) + "~";
    }

    static BigDecimal decode(String text) {
        if (text.equals(ZERO)) {
            return BigDecimal.ZERO;
        }
        boolean negative = text.startsWith("0");
        String digits = negative ? turned(text.substring(1, text.length() - 1)) : text.substring(1);
        long exponent = Long.parseLong(digits.substring(0, 10)) - EXPONENT_BIAS;
        String unscaled = digits.substring(10);
        var number = new BigDecimal(new BigInteger(unscaled), Math.toIntExact(unscaled.length() - exponent));
        return negative ? number.negate() : number;
    }

    private static String turned(String digits) {
        var turned = new StringBuilder(digits.length());
        digits.chars().forEach(digit -> turned.append((char) ('0' + '9' - digit)));
        return turned.toString();
    }
}
