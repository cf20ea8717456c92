package dev.cacheness.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheEvent;
import dev.cacheness.CacheEventListener;
import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

class CachenessEventAutoConfigurationTests {

    @TempDir
    Path directory;

    private ApplicationContextRunner runner;

    @BeforeEach
    void setUp() {
        runner = new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(CachenessAutoConfiguration.class, CachenessEventAutoConfiguration.class))
                .withUserConfiguration(Listening.class)
                .withPropertyValues("cacheness.storage.dir=" + directory.resolve("cache"));
    }

    @Test
    void listenersOfTheApplicationHearWhatTheyAskFor() {
        runner.withPropertyValues("cacheness.events.publish=true").run(context -> {
            Listener listener = context.getBean(Listener.class);
            CacheKey<Object> key = CacheKey.of("id", 1);

            String digest = context.getBean(Cacheness.class).put(key, "value");
            context.getBean(Cacheness.class).invalidate(key);

            CacheEvent.Invalidated heard = listener.events.poll(30, TimeUnit.SECONDS);
            assertThat(heard).isNotNull();
            assertThat(heard.digest()).isEqualTo(digest);
        });
    }

    @Test
    void nothingIsPublishedUnlessItIsAskedFor() {
        runner.run(context -> assertThat(context).doesNotHaveBean(CacheEventListener.class));
    }

    static class Listener {

        private final BlockingQueue<CacheEvent.Invalidated> events = new LinkedBlockingQueue<>();

        @EventListener
        void onRemoval(CacheEvent.Invalidated event) {
            events.add(event);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Listening {

        @Bean
        Listener listener() {
            return new Listener();
        }
    }
}
