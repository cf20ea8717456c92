package dev.cacheness.internal.metadata;

/** Keeps changes for the next time the index is opened. Needs the lock of the owner. */
interface ChangeLog {

    /** Keeps nothing. */
    ChangeLog NONE = new ChangeLog() {
        @Override
        public void append(Change change) {}

        @Override
        public void applied(IndexState state) {}

        @Override
        public void force() {}

        @Override
        public void close() {}
    };

    /**
     * Writes a change down, before it is applied.
     *
     * @throws dev.cacheness.CacheMetadataException if that cannot be done; nothing has changed then
     */
    void append(Change change);

    /** The change that was appended last has been applied. */
    void applied(IndexState state);

    /**
     * Makes all that was appended survive a loss of power.
     *
     * @throws dev.cacheness.CacheMetadataException if that cannot be done; nobody knows then what the disk has
     */
    void force();

    /** Lets go of all resources. May be called again. */
    void close();
}
