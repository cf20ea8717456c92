package dev.cacheness.internal.jdbc;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes tokens that nobody else has. */
final class LeaseTokens {

    private static final int BYTES = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private LeaseTokens() {}

    static String next() {
        byte[] token = new byte[BYTES];
        RANDOM.nextBytes(token);
        return HexFormat.of().formatHex(token);
    }
}
