package dev.cacheness.sql;

/** Nobody looks. */
enum NoObserver implements SqlCacheObserver {
    INSTANCE;

    @Override
    public Query query(String cache) {
        return (status, failure) -> {};
    }

    @Override
    public Fetch fetch(FetchRequest request) {
        return failure -> {};
    }
}
