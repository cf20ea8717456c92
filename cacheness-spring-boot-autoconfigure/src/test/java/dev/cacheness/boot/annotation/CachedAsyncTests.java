package dev.cacheness.boot.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.cacheness.Cacheness;
import dev.cacheness.boot.autoconfigure.CachenessAnnotationAutoConfiguration;
import dev.cacheness.boot.autoconfigure.CachenessAutoConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Methods whose result comes later. */
class CachedAsyncTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private ApplicationContextRunner runner;

    @BeforeEach
    void setUp() {
        runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CachenessAutoConfiguration.class,
                        CachenessAnnotationAutoConfiguration.class,
                        TaskExecutionAutoConfiguration.class))
                .withUserConfiguration(Beans.class)
                .withPropertyValues("cacheness.storage.dir=" + directory.resolve("cache"));
    }

    @Test
    void futuresAreCachedByTheirValue() {
        runner.run(context -> {
            Client client = context.getBean(Client.class);

            assertThat(client.future("a").join()).isEqualTo("a 1");
            assertThat(client.future("a").join()).isEqualTo("a 1");
            assertThat(client.stage("a").toCompletableFuture().join()).isEqualTo("a 2");
            assertThat(client.stage("a").toCompletableFuture().join()).isEqualTo("a 2");
            assertThat(client.futureOfNull().join()).isNull();
            assertThat(client.futureOfNull().join()).isNull();
            assertThat(client.calls()).isEqualTo(3);
        });
        runner.run(context ->
                assertThat(context.getBean(Client.class).future("a").join()).isEqualTo("a 1"));
    }

    @Test
    void failedFutureIsNotCached() {
        runner.run(context -> {
            Client client = context.getBean(Client.class);

            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> client.failing().join())
                    .withCauseInstanceOf(IllegalStateException.class)
                    .withMessageEndingWith("call 1");
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> client.failing().join())
                    .withMessageEndingWith("call 2");
        });
    }

    @Test
    void callersOfOneLoadShareIt() {
        runner.run(context -> {
            Client client = context.getBean(Client.class);

            CompletableFuture<String> first = client.slow("a");
            CompletableFuture<String> second = client.slow("a");
            assertThat(second).isNotDone();
            second.cancel(true);
            CompletableFuture<String> third = client.slow("a");
            client.pending().complete("done");

            assertThat(first.join()).isEqualTo("done");
            assertThat(third.join()).isEqualTo("done");
            assertThat(client.calls()).isEqualTo(1);
        });
    }

    @Test
    void loadThatBeganBeforeAnInvalidationIsNotStored() {
        runner.run(context -> {
            Client client = context.getBean(Client.class);

            CompletableFuture<String> first = client.slow("a");
            client.forgetSlow();
            client.pending().complete("old");

            assertThat(first.join()).isEqualTo("old");
            assertThat(context.getBean(Cacheness.class).stats("slow").entries()).isZero();
        });
    }

    @Test
    void publishersAreCachedByWhatTheyComeTo() {
        runner.run(context -> {
            Client client = context.getBean(Client.class);

            assertThat(client.mono("a").block(LONG)).isEqualTo("a 1");
            assertThat(client.mono("a").block(LONG)).isEqualTo("a 1");
            assertThat(client.empty().block(LONG)).isNull();
            assertThat(client.empty().block(LONG)).isNull();
            assertThat(client.flux().collectList().block(LONG)).containsExactly("x", "3");
            assertThat(client.flux().collectList().block(LONG)).containsExactly("x", "3");
            assertThatIllegalStateException()
                    .isThrownBy(() -> client.failingMono().block(LONG));
            assertThatIllegalStateException()
                    .isThrownBy(() -> client.failingMono().block(LONG));
            assertThat(client.calls()).isEqualTo(5);
        });
    }

    @Test
    void publisherIsMadeWhenSomebodySubscribesAndSeesTheContext() {
        runner.run(context -> {
            Client client = context.getBean(Client.class);

            Mono<String> mono = client.ofContext("a");
            assertThat(client.calls()).isZero();
            assertThat(mono.contextWrite(view -> view.put("user", "ada")).block(LONG))
                    .isEqualTo("ada 1");
            assertThat(mono.contextWrite(view -> view.put("user", "bob")).block(LONG))
                    .isEqualTo("ada 1");
        });
    }

    @Test
    void threadsOfReactorDoNotReadTheStore() {
        runner.run(context -> {
            Client client = context.getBean(Client.class);

            String first = Mono.defer(() -> client.thread("a"))
                    .subscribeOn(Schedulers.parallel())
                    .block(LONG);
            String second = Mono.defer(() -> client.thread("a"))
                    .subscribeOn(Schedulers.parallel())
                    .block(LONG);

            assertThat(first).startsWith("task-");
            assertThat(second).isEqualTo(first);
        });
    }

    @Test
    void invalidationWaitsForTheEnd() {
        runner.run(context -> {
            Client client = context.getBean(Client.class);
            Cacheness cache = context.getBean(Cacheness.class);
            client.mono("a").block(LONG);
            CompletableFuture<String> gate = new CompletableFuture<>();

            CompletableFuture<String> changed = client.change(gate);
            assertThat(cache.stats("monos").entries()).isEqualTo(1);
            gate.complete("x");
            changed.join();
            assertThat(cache.stats("monos").entries()).isZero();

            client.mono("a").block(LONG);
            client.changeMono(Mono.error(new IllegalStateException("no")))
                    .onErrorComplete()
                    .block(LONG);
            assertThat(cache.stats("monos").entries()).isEqualTo(1);
            client.changeMono(Mono.empty()).block(LONG);
            assertThat(cache.stats("monos").entries()).isZero();
        });
    }

    @Test
    void asyncMethodsAreCachedOnTheirOwnThread() {
        runner.run(context -> {
            AsyncClient client = context.getBean(AsyncClient.class);

            String first = client.thread("a").join();
            assertThat(first).startsWith("task-");
            assertThat(client.thread("a").join()).isEqualTo(first);
            assertThat(client.calls()).isEqualTo(1);
        });
    }

    static class Client {

        private final AtomicInteger calls = new AtomicInteger();

        private final CompletableFuture<String> pending = new CompletableFuture<>();

        int calls() {
            return calls.get();
        }

        CompletableFuture<String> pending() {
            return pending;
        }

        @Cached
        public CompletableFuture<String> future(String name) {
            return CompletableFuture.completedFuture(name + " " + calls.incrementAndGet());
        }

        @Cached
        public CompletionStage<String> stage(String name) {
            return CompletableFuture.completedStage(name + " " + calls.incrementAndGet());
        }

        @Cached
        public CompletableFuture<@Nullable String> futureOfNull() {
            calls.incrementAndGet();
            return CompletableFuture.completedFuture(null);
        }

        @Cached
        public CompletableFuture<String> failing() {
            return CompletableFuture.failedFuture(new IllegalStateException("call " + calls.incrementAndGet()));
        }

        @Cached(cache = "slow")
        public CompletableFuture<String> slow(String name) {
            calls.incrementAndGet();
            return pending;
        }

        @CacheInvalidate(cache = "slow")
        public void forgetSlow() {
            // The annotation does it.
        }

        @Cached(cache = "monos")
        public Mono<String> mono(String name) {
            return Mono.fromSupplier(() -> name + " " + calls.incrementAndGet());
        }

        @Cached
        public Mono<String> empty() {
            calls.incrementAndGet();
            return Mono.empty();
        }

        @Cached
        public Flux<String> flux() {
            return Flux.just("x", Integer.toString(calls.incrementAndGet()));
        }

        @Cached
        public Mono<String> failingMono() {
            return Mono.error(new IllegalStateException("call " + calls.incrementAndGet()));
        }

        @Cached
        public Mono<String> ofContext(String name) {
            return Mono.deferContextual(view -> Mono.just(view.get("user") + " " + calls.incrementAndGet()));
        }

        @Cached
        public Mono<String> thread(String name) {
            return Mono.fromSupplier(() -> Thread.currentThread().getName());
        }

        @CacheInvalidate(cache = "monos")
        public CompletableFuture<String> change(CompletableFuture<String> gate) {
            return gate;
        }

        @CacheInvalidate(cache = "monos")
        public Mono<String> changeMono(Mono<String> mono) {
            return mono;
        }
    }

    static class AsyncClient {

        private final AtomicInteger calls = new AtomicInteger();

        int calls() {
            return calls.get();
        }

        @Async
        @Cached
        public CompletableFuture<String> thread(String name) {
            calls.incrementAndGet();
            return CompletableFuture.completedFuture(Thread.currentThread().getName());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class Beans {

        @Bean
        Client client() {
            return new Client();
        }

        @Bean
        AsyncClient asyncClient() {
            return new AsyncClient();
        }
    }
}
