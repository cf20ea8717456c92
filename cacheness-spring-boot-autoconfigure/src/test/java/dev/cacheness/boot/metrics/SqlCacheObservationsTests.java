package dev.cacheness.boot.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cacheness.boot.autoconfigure.CachenessAutoConfiguration;
import dev.cacheness.boot.autoconfigure.CachenessSqlAutoConfiguration;
import dev.cacheness.boot.autoconfigure.CachenessSqlObservationAutoConfiguration;
import dev.cacheness.sql.DataFetcher;
import dev.cacheness.sql.PartitionKey;
import dev.cacheness.sql.RangeKey;
import dev.cacheness.sql.SqlCache;
import dev.cacheness.sql.SqlCacheFetchException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class SqlCacheObservationsTests {

    record Reading(@PartitionKey String sensor, @RangeKey long id) {}

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean
        DataFetcher<Reading> readings() {
            return request -> {
                if (request.string("sensor").equals("broken")) {
                    throw new IOException("broken");
                }
                return List.of(new Reading(request.string("sensor"), request.fromId()));
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Registry {

        @Bean
        ObservationRegistry observationRegistry() {
            return ObservationRegistry.create();
        }
    }

    /** What was observed, in the order of its end. */
    private static final class Observed implements ObservationHandler<Observation.Context> {

        final List<Observation.Context> ended = new CopyOnWriteArrayList<>();

        @Override
        public void onStop(Observation.Context context) {
            ended.add(context);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    CachenessAutoConfiguration.class,
                    CachenessSqlAutoConfiguration.class,
                    CachenessSqlObservationAutoConfiguration.class))
            .withUserConfiguration(Application.class)
            .withPropertyValues("cacheness.metadata.backend=memory");

    @Test
    void queryIsObservedAndItsCallsBelowIt() {
        runner.withUserConfiguration(Registry.class).run(context -> {
            Observed observed = new Observed();
            context.getBean(ObservationRegistry.class).observationConfig().observationHandler(observed);
            SqlCache<?> cache = context.getBean(SqlCache.class);

            cache.query().eq("sensor", "a").range(0, 10).list();
            cache.query().eq("sensor", "a").range(0, 10).list();

            assertThat(observed.ended)
                    .extracting(Observation.Context::getName)
                    .containsExactly("cacheness.sql.fetch", "cacheness.sql.get", "cacheness.sql.get");
            Observation.Context fetch = observed.ended.get(0);
            assertThat(fetch.getHighCardinalityKeyValue("range").getValue()).isEqualTo("[0, 10)");
            assertThat(fetch.getHighCardinalityKeyValue("partitions").getValue())
                    .isEqualTo("sensor=a");
            assertThat(fetch.getParentObservation().getContextView()).isSameAs(observed.ended.get(1));
            assertThat(observed.ended)
                    .allMatch(each ->
                            each.getLowCardinalityKeyValue("cache").getValue().equals("readings"));
            assertThat(observed.ended.subList(1, 3))
                    .extracting(each -> each.getLowCardinalityKeyValue("result").getValue())
                    .containsExactly("miss", "hit");
        });
    }

    @Test
    void failureIsObserved() {
        runner.withUserConfiguration(Registry.class).run(context -> {
            Observed observed = new Observed();
            context.getBean(ObservationRegistry.class).observationConfig().observationHandler(observed);
            SqlCache<?> cache = context.getBean(SqlCache.class);

            Throwable thrown = catchThrowable(
                    () -> cache.query().eq("sensor", "broken").range(0, 10).list());

            assertThat(thrown).isInstanceOf(SqlCacheFetchException.class);
            assertThat(observed.ended.get(0).getError()).isInstanceOf(IOException.class);
            assertThat(observed.ended.get(1).getError()).isSameAs(thrown);
            assertThat(observed.ended.get(1).getLowCardinalityKeyValue("result").getValue())
                    .isEqualTo("failure");
        });
    }

    @Test
    void withoutARegistryNothingIsObserved() {
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            SqlCache<?> cache = context.getBean(SqlCache.class);

            assertThat(cache.query().eq("sensor", "a").range(0, 10).count()).isEqualTo(1);
        });
    }
}
