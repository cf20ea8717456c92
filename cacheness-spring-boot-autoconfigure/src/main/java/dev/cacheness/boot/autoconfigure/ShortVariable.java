package dev.cacheness.boot.autoconfigure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.UnaryOperator;

/** The short environment variables, by their exact names, and the properties that they mean. */
enum ShortVariable {
    CACHENESS_DIR("cacheness.storage.dir", UnaryOperator.identity()),
    CACHENESS_MAX_SIZE_MB("cacheness.storage.max-size", ShortVariable::megabytes),
    CACHENESS_DEFAULT_TTL_HOURS("cacheness.default-ttl", ShortVariable::hours),
    CACHENESS_BACKEND("cacheness.metadata.backend", UnaryOperator.identity());

    private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);

    private static final BigDecimal BYTES_PER_MEGABYTE = BigDecimal.valueOf(1024 * 1024);

    /** Numbers with more digits than this before or after the point make no sense and would take long to write out. */
    private static final int MAX_DIGITS = 30;

    private final String property;

    private final UnaryOperator<String> conversion;

    ShortVariable(String property, UnaryOperator<String> conversion) {
        this.property = property;
        this.conversion = conversion;
    }

    String property() {
        return property;
    }

    /** The value as the property has it; what cannot be converted stays as it is, so that binding refuses it with its origin. */
    String convert(String value) {
        return conversion.apply(value);
    }

    private static String megabytes(String value) {
        return withUnit(value, "MB", BYTES_PER_MEGABYTE, "B");
    }

    private static String hours(String value) {
        return withUnit(value, "h", MILLIS_PER_HOUR, "ms");
    }

    private static String withUnit(String value, String unit, BigDecimal factor, String smallUnit) {
        BigDecimal number;
        try {
            number = new BigDecimal(value).stripTrailingZeros();
        } catch (NumberFormatException ex) {
            return value;
        }
        if (number.scale() > MAX_DIGITS || number.precision() - number.scale() > MAX_DIGITS) {
            return value;
        }
        if (number.scale() <= 0) {
            return number.toPlainString() + unit;
        }
        return number.multiply(factor).setScale(0, RoundingMode.CEILING).toPlainString() + smallUnit;
    }
}
