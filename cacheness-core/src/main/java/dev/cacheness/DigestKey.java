package dev.cacheness;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A key that is known by its digest only. */
record DigestKey(String digest) implements CacheKey<Object> {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{32}");

    DigestKey {
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("A key digest has 32 lower-case hexadecimal characters, but got '"
                    + (digest.length() > 80 ? digest.substring(0, 80) + "…" : digest) + "'");
        }
    }

    @Override
    public String keyNamespace() {
        return "";
    }

    @Override
    public Map<String, Object> keyParameters() {
        return Map.of();
    }

    @Override
    public Type keyValueType() {
        return Object.class;
    }

    @Override
    public Optional<String> keyDigest() {
        return Optional.of(digest);
    }
}
