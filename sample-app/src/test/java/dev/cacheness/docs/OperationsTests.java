package dev.cacheness.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.Lookup;
import dev.cacheness.MissReason;
import dev.cacheness.engine.CachenessBuilder;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class OperationsTests {

    private static final Logger log = LoggerFactory.getLogger(OperationsTests.class);

    @Test
    void lookupSaysWhy() {
        Cacheness cache = CachenessBuilder.inMemory().build();
        CacheKey<String> key = CacheKey.of("report", 1).as(String.class);
        cache.put(key, "text");
        cache.invalidate(key);

        // docs:start lookup
        Lookup<String> answer = cache.lookup(key);
        if (answer instanceof Lookup.Miss<String> miss) {
            log.info("There is no report: {}", miss.reason().label());
        }
        // docs:end lookup

        assertThat(answer).isEqualTo(new Lookup.Miss<String>(MissReason.INVALIDATED));
        cache.close();
    }
}
