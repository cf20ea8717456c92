package dev.cacheness.internal.key;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Names behind which nobody is shown a value. Thread-safe. */
final class SecretNames {

    /** Secret wherever they are in a name. */
    private static final List<String> PARTS =
            List.of("password", "passwd", "secret", "token", "apikey", "credential", "cookie");

    /** Secret as words of their own only: an author and a cardinality are none. */
    private static final Set<String> WORDS = Set.of("auth", "authorization", "pwd", "ssn", "iban", "card");

    private static final Pattern WORD_ENDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+");

    /** A program has few names, but the keys of a map may be data: what is remembered is bounded. */
    private static final int MAX_KNOWN = 1_000;

    private static final int MAX_LENGTH = 64;

    private static final Map<String, Boolean> KNOWN = new ConcurrentHashMap<>();

    private SecretNames() {}

    static boolean contain(String name) {
        Boolean known = KNOWN.get(name);
        return known != null ? known : remember(name, isSecret(name));
    }

    private static boolean remember(String name, boolean secret) {
        if (name.length() <= MAX_LENGTH && KNOWN.size() < MAX_KNOWN) {
            KNOWN.put(name, secret);
        }
        return secret;
    }

    private static boolean isSecret(String name) {
        List<String> words = WORD_ENDS
                .splitAsStream(name)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        String joined = String.join("", words);
        return PARTS.stream().anyMatch(joined::contains) || words.stream().anyMatch(WORDS::contains);
    }
}
