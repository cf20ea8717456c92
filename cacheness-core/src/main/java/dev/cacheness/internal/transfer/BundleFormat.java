package dev.cacheness.internal.transfer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What writer and reader of bundles have in common. */
final class BundleFormat {

    static final byte[] MAGIC = "cacheness bundle 1\n".getBytes(StandardCharsets.US_ASCII);

    static final int END = 0;

    static final int ENTRY = 1;

    static final int SUM_LENGTH = 32;

    /** Far more than an entry may have: 64 KiB of attributes for each of some names. */
    static final int MAX_HEADER = 64 << 20;

    private BundleFormat() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("Every Java platform has SHA-256", ex);
        }
    }
}
