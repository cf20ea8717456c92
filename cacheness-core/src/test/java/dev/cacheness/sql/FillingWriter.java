package dev.cacheness.sql;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;

/** A process that fetches a chunk, and then, once it is told, one after the other until that fails; or holds its cache open until it is killed. */
final class FillingWriter {

    static final LocalDate FIRST = LocalDate.of(1000, 1, 1);

    static final int CHUNK = 5_000;

    private static final int MAX_CHUNKS = 70;

    private FillingWriter() {}

    static SqlCacheBuilder<Price> prices(String url) {
        return SqlCache.builder(Price.class)
                .url(url)
                .fetcher(Price::daily)
                .ttl(Duration.ZERO)
                .mergeGapsWithin(Duration.ZERO);
    }

    public static void main(String[] args) throws InterruptedException, IOException {
        try (SqlCache<Price> cache = prices(args[0]).build()) {
            chunk(cache, 0);
            if (args[1].equals("hold")) {
                say("holding");
                Thread.currentThread().join();
            }
            say("ready");
            if (System.in.read() < 0) {
                return;
            }
            for (int i = 1; i < MAX_CHUNKS; i++) {
                try {
                    chunk(cache, i);
                } catch (SqlCacheException e) {
                    say("failed after " + i + " chunks");
                    return;
                }
            }
            say("never failed");
        }
    }

    private static void chunk(SqlCache<Price> cache, int index) {
        LocalDate from = FIRST.plusDays((long) index * CHUNK);
        cache.query().eq("symbol", "A").range(from, from.plusDays(CHUNK)).count();
    }

    @SuppressWarnings("SystemOut")
    private static void say(String word) {
        System.out.println(word);
    }
}
