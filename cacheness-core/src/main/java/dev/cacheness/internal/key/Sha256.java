package dev.cacheness.internal.key;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Fresh SHA-256 digests. Copying an unused one is much cheaper than looking the algorithm up each time. */
final class Sha256 {

    private static final MessageDigest UNUSED = lookUp();

    private Sha256() {}

    static MessageDigest start() {
        try {
            return (MessageDigest) UNUSED.clone();
        } catch (CloneNotSupportedException ex) {
            return lookUp();
        }
    }

    private static MessageDigest lookUp() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("Every Java platform has SHA-256, but this one says it has not", ex);
        }
    }
}
