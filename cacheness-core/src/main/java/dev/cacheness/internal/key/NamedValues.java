package dev.cacheness.internal.key;

import java.net.URI;
import java.util.Currency;
import java.util.Locale;
import java.util.UUID;

/** Values of the JDK that are little more than a name. */
final class NamedValues {

    private NamedValues() {}

    static boolean write(Object value, CanonicalBytes out) {
        if (value instanceof Enum<?> constant) {
            // The declaring class, because a constant with a body has a class of its own.
            out.taggedText(Tag.ENUM, ObjectShape.nameOf(constant.getDeclaringClass()));
            out.text(constant.name());
        } else if (value instanceof UUID uuid) {
            out.taggedLong(Tag.UUID, uuid.getMostSignificantBits());
            out.fixed(uuid.getLeastSignificantBits());
        } else if (value instanceof URI uri) {
            out.taggedText(Tag.URI, uri.toString());
        } else if (value instanceof Locale locale) {
            writeLocale(locale, out);
        } else if (value instanceof Currency currency) {
            out.taggedText(Tag.CURRENCY, currency.getCurrencyCode());
        } else if (value instanceof Class<?> type && !type.isHidden()) {
            out.taggedText(Tag.CLASS, type.getName());
        } else {
            return false;
        }
        return true;
    }

    /** By its parts: the language tag is the same for some locales that differ. */
    private static void writeLocale(Locale locale, CanonicalBytes out) {
        out.taggedText(Tag.LOCALE, locale.getLanguage());
        out.text(locale.getScript());
        out.text(locale.getCountry());
        out.text(locale.getVariant());
        out.length(locale.getExtensionKeys().size());
        locale.getExtensionKeys().stream().sorted().forEach(key -> {
            out.text(key.toString());
            out.text(String.valueOf(locale.getExtension(key)));
        });
    }
}
