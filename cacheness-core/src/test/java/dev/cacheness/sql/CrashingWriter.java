package dev.cacheness.sql;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Random;

/** A process that fetches, refreshes and invalidates until it is killed. */
final class CrashingWriter {

    static final LocalDate FIRST = LocalDate.of(2020, 1, 1);

    static final int DAYS = 1_000;

    private CrashingWriter() {}

    static SqlCacheBuilder<Price> prices(String url) {
        return SqlCache.builder(Price.class)
                .url(url)
                .fetcher(Price::daily)
                .ttl(Duration.ZERO)
                .mergeGapsWithin(Duration.ZERO)
                .crossProcess(true)
                .lease(Duration.ofMillis(500));
    }

    public static void main(String[] args) {
        Random random = new Random(Long.parseLong(args[1]));
        try (SqlCache<Price> cache = prices(args[0]).build()) {
            for (int i = 0; ; i++) {
                int from = random.nextInt(DAYS);
                SqlQuery<Price> query = cache.query()
                        .eq("symbol", "S" + random.nextInt(3))
                        .range(FIRST.plusDays(from), FIRST.plusDays(from + 1 + random.nextInt(100)));
                switch (random.nextInt(4)) {
                    case 0 -> query.invalidate();
                    case 1 -> query.refresh();
                    default -> query.list();
                }
                if (i == 0) {
                    say("writing");
                }
            }
        }
    }

    @SuppressWarnings("SystemOut")
    private static void say(String word) {
        System.out.println(word);
    }
}
