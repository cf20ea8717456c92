package dev.cacheness;

/**
 * What is wrong with an entry.
 *
 * @param detail a sentence for people
 */
public record IntegrityProblem(String digest, String namespace, Kind kind, String detail) {

    /** Kinds of problems. */
    public enum Kind {

        /** The blob with the value is gone. */
        MISSING_BLOB,

        /** There are more or fewer stored bytes than there were written. */
        WRONG_SIZE,

        /** The stored bytes are not those that were written, or what the index says of them cannot be right. */
        DAMAGED,

        /** The stored bytes cannot be had now, or their codec is not there. A repair leaves such an entry alone, for it may well be sound. */
        UNREADABLE
    }
}
