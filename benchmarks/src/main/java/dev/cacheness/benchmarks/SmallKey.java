package dev.cacheness.benchmarks;

import dev.cacheness.CacheKey;

/** A key like most: text, a small number and a large one. */
public record SmallKey(String model, int shard, long id) implements CacheKey<byte[]> {

    /** The key of the n-th entry. */
    static SmallKey of(long n) {
        return new SmallKey("xgboost-v3", (int) (n % 16), n);
    }
}
