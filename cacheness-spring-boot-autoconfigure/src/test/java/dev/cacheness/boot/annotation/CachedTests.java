package dev.cacheness.boot.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import dev.cacheness.CacheClosedException;
import dev.cacheness.CacheKey;
import dev.cacheness.CacheLoadRefusedException;
import dev.cacheness.CacheSerializationException;
import dev.cacheness.Cacheness;
import dev.cacheness.EntryMetadata;
import dev.cacheness.EntryQuery;
import dev.cacheness.boot.autoconfigure.CachenessAnnotationAutoConfiguration;
import dev.cacheness.boot.autoconfigure.CachenessAutoConfiguration;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;

@ExtendWith(OutputCaptureExtension.class)
class CachedTests {

    @TempDir
    Path directory;

    private ApplicationContextRunner runner;

    @BeforeEach
    void setUp() {
        runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CachenessAutoConfiguration.class, CachenessAnnotationAutoConfiguration.class))
                .withUserConfiguration(Beans.class)
                .withPropertyValues(
                        "cacheness.storage.dir=" + directory.resolve("cache"),
                        "cacheness.handlers.trusted-packages=dev.cacheness",
                        "city.ttl=5m");
    }

    @Test
    void methodIsCalledOnceAndNotAgainAfterARestart() {
        runner.run(context -> {
            Weather weather = context.getBean(Weather.class);

            assertThat(weather.temperature("Oslo", "C")).isEqualTo("Oslo C 1");
            assertThat(weather.temperature("Oslo", "C")).isEqualTo("Oslo C 1");
            assertThat(weather.temperature("Oslo", "F")).isEqualTo("Oslo F 2");
            assertThat(weather.temperature("C", "Oslo")).isEqualTo("C Oslo 3");
        });
        runner.run(context -> assertThat(context.getBean(Weather.class).temperature("Oslo", "C"))
                .isEqualTo("Oslo C 1"));
    }

    @Test
    void keysHaveTheMethodAndAllArgumentsByName() {
        runner.run(context -> {
            context.getBean(Weather.class).temperature("Oslo", "C");

            EntryMetadata entry = onlyEntry(context.getBean(Cacheness.class));
            assertThat(entry.namespace()).isEqualTo(Weather.class.getName() + ".temperature");
            assertThat(entry.keyParameters())
                    .containsOnly(
                            Map.entry("city", "Oslo"),
                            Map.entry("units", "C"),
                            Map.entry(
                                    "@method",
                                    Weather.class.getName() + ".temperature(java.lang.String,java.lang.String)"));
            assertThat(context.getBean(Cacheness.class)
                            .exists(CacheKey.in(
                                    Weather.class.getName() + ".temperature",
                                    Map.of(
                                            "city",
                                            "Oslo",
                                            "units",
                                            "C",
                                            "@method",
                                            Weather.class.getName()
                                                    + ".temperature(java.lang.String,java.lang.String)"))))
                    .isTrue();
        });
    }

    @Test
    void methodsOfOneCacheDoNotMixUnlessTheySayAKey() {
        runner.run(context -> {
            Weather weather = context.getBean(Weather.class);

            assertThat(weather.first(1)).isEqualTo("first 1");
            assertThat(weather.second(1)).isEqualTo("second 2");
            assertThat(weather.second(1L)).isEqualTo("long 3");
            assertThat(weather.byKey(7, "a")).isEqualTo("by key a 4");
            assertThat(weather.byOtherKey(7)).isEqualTo("by key a 4");
        });
    }

    @Test
    void classesThatInheritAMethodDoNotShareResults() {
        runner.run(context -> {
            assertThat(context.getBean(Cats.class).name(1)).isEqualTo("cat 1");
            assertThat(context.getBean(Dogs.class).name(1)).isEqualTo("dog 1");
        });
    }

    @Test
    void nullAndEmptyAreCached() {
        runner.run(context -> {
            Weather weather = context.getBean(Weather.class);

            assertThat(weather.nothing(1)).isNull();
            assertThat(weather.nothing(1)).isNull();
            assertThat(weather.maybe("x")).isEmpty();
            assertThat(weather.maybe("x")).isEmpty();
            assertThat(weather.maybe("found")).contains("found 3");
            assertThat(weather.maybe("found")).contains("found 3");
            assertThat(weather.calls()).isEqualTo(3);
        });
    }

    @Test
    void primitivesAndGenericTypesComeBackAsTheyWere() {
        runner.run(context -> {
            Weather weather = context.getBean(Weather.class);

            assertThat(weather.number(5)).isEqualTo(6);
            assertThat(weather.number(5)).isEqualTo(6);
            assertThat(weather.points()).containsExactly(new Point(1, 2));
            assertThat(weather.points()).containsExactly(new Point(1, 2));
            assertThat(weather.calls()).isEqualTo(2);
        });
    }

    @Test
    void conditionsDecideWhatIsCached() {
        runner.run(context -> {
            Weather weather = context.getBean(Weather.class);

            assertThat(weather.onlyLong("ab")).isEqualTo("ab 1");
            assertThat(weather.onlyLong("ab")).isEqualTo("ab 2");
            assertThat(weather.onlyLong("abc")).isEqualTo("abc 3");
            assertThat(weather.onlyLong("abc")).isEqualTo("abc 3");
            assertThat(weather.notBad("bad")).isEqualTo("bad 4");
            assertThat(weather.notBad("bad")).isEqualTo("bad 5");
            assertThat(weather.notBad("good")).isEqualTo("good 6");
            assertThat(weather.notBad("good")).isEqualTo("good 6");
            assertThat(weather.maybeNotNull(null)).isEmpty();
            assertThat(weather.maybeNotNull(null)).isEmpty();
            assertThat(weather.calls()).isEqualTo(8);
        });
    }

    @Test
    void cacheIfStoresOnlyWhatIsWorthIt() {
        runner.run(context -> {
            Weather weather = context.getBean(Weather.class);

            assertThat(weather.answer("failure").calls()).isEqualTo(1);
            assertThat(weather.answer("failure").calls()).isEqualTo(2);
            assertThat(weather.answer("success").calls()).isEqualTo(3);
            assertThat(weather.answer("success").calls()).isEqualTo(3);
            assertThat(weather.answerBeside("success").calls()).isEqualTo(4);
            assertThat(weather.answerBeside("success").calls()).isEqualTo(4);
            assertThat(lifeOf(context.getBean(Cacheness.class), "beside")).isEqualTo(Duration.ofHours(1));
        });
    }

    @Test
    void conditionThatFailsStoresNothingAndIsLoggedOnce(CapturedOutput output) {
        runner.run(context -> {
            Weather weather = context.getBean(Weather.class);

            assertThat(weather.answer("none")).isNull();
            assertThat(weather.answer("none")).isNull();
            assertThat(weather.calls()).isEqualTo(2);
            assertThat(context.getBean(CachedCalls.class).toleratedFailures()).isEqualTo(2);
        });
        assertThat(output.toString().split("the result was not stored", -1)).hasSize(2);
    }

    @Test
    void attributesTagsAndDescriptionAreStored() {
        runner.run(context -> {
            context.getBean(Weather.class).described("Oslo", 7);

            Cacheness cache = context.getBean(Cacheness.class);
            EntryMetadata entry =
                    cache.entries(EntryQuery.all().withTag("city:Oslo")).get(0);
            assertThat(entry.tags()).containsExactlyInAnyOrder("weather", "city:Oslo");
            assertThat(entry.attributes()).isEqualTo(Map.of("kind", "forecast", "days", 7L, "ttl", "5m"));
            assertThat(entry.description()).isEqualTo("7 days in Oslo");
            assertThat(entry.namespace()).isEqualTo("described");
        });
    }

    @Test
    void timesToLiveAreRead() {
        runner.run(context -> {
            Weather weather = context.getBean(Weather.class);
            weather.described("Oslo", 7);
            weather.api("x");
            weather.hours();
            weather.forEver();

            Cacheness cache = context.getBean(Cacheness.class);
            assertThat(lifeOf(cache, "described")).isEqualTo(Duration.ofMinutes(5));
            assertThat(lifeOf(cache, "api")).isEqualTo(Duration.ofHours(6));
            assertThat(cache.entries(EntryQuery.all().inNamespace("api")).get(0).codec())
                    .isEqualTo("lz4");
            assertThat(lifeOf(cache, "hours")).isEqualTo(Duration.ofHours(2));
            assertThat(lifeOf(cache, "for-ever")).isNull();
        });
    }

    @Test
    void composedAnnotationsAndInterfacesWork() {
        runner.run(context -> {
            Weather weather = context.getBean(Weather.class);
            Greeting greeting = context.getBean(Greeting.class);

            assertThat(weather.composed(1)).isEqualTo("composed 1");
            assertThat(weather.composed(1)).isEqualTo("composed 1");
            assertThat(greeting.greet("a")).isEqualTo("hello a 1");
            assertThat(greeting.greet("a")).isEqualTo("hello a 1");
            assertThat(lifeOf(context.getBean(Cacheness.class), "short")).isEqualTo(Duration.ofSeconds(30));
        });
    }

    @Test
    void interfaceProxiesWorkToo() {
        runner.withPropertyValues("spring.aop.proxy-target-class=false")
                .withUserConfiguration(Interfaces.class)
                .run(context -> {
                    Greeting greeting = context.getBean("finalGreeting", Greeting.class);

                    assertThat(greeting.greet("a")).isEqualTo("final a 1");
                    assertThat(greeting.greet("a")).isEqualTo("final a 1");
                });
    }

    @Test
    void exceptionsOfTheMethodReachTheCallerAndAreNotCached() {
        runner.run(context -> {
            Weather weather = context.getBean(Weather.class);

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(weather::failing)
                    .withMessage("call 1");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(weather::failing)
                    .withMessage("call 2");
            assertThatIllegalStateException().isThrownBy(weather::illegal);
            assertThat(weather.calls()).isEqualTo(3);
        });
    }

    @Test
    void manyCallersOfAMissMakeOneCall() throws Exception {
        runner.run(context -> {
            Weather weather = context.getBean(Weather.class);
            ExecutorService threads = Executors.newFixedThreadPool(8);
            CountDownLatch start = new CountDownLatch(1);

            List<Future<String>> answers = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        return weather.temperature("Oslo", "K");
                    }))
                    .toList();
            start.countDown();

            for (Future<String> answer : answers) {
                assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("Oslo K 1");
            }
            threads.shutdown();
        });
    }

    @Test
    void argumentThatCannotBeAKeyLetsTheCallThroughAndIsLoggedOnce(CapturedOutput output) {
        runner.run(context -> {
            Weather weather = context.getBean(Weather.class);

            assertThat(weather.threadName(Thread.currentThread())).isEqualTo("thread 1");
            assertThat(weather.threadName(Thread.currentThread())).isEqualTo("thread 2");
            assertThat(context.getBean(CachedCalls.class).toleratedFailures()).isEqualTo(2);
            assertThatExceptionOfType(CacheSerializationException.class)
                    .isThrownBy(() -> weather.strict(Thread.currentThread()))
                    .withMessageContaining("thread");
        });
        assertThat(output.toString().split("so the method was called", -1)).hasSize(2);
    }

    @Test
    void keyExpressionThatFailsLetsTheCallThrough() {
        runner.run(context -> {
            Weather weather = context.getBean(Weather.class);

            assertThat(weather.ofPoint(null)).isEqualTo("point 1");
            assertThat(weather.ofPoint(new Point(1, 2))).isEqualTo("point 2");
            assertThat(weather.ofPoint(new Point(1, 3))).isEqualTo("point 2");
        });
    }

    @Test
    void closedCacheLetsTheCallThrough() {
        runner.run(context -> {
            Weather weather = context.getBean(Weather.class);
            context.getBean(Cacheness.class).close();

            assertThat(weather.temperature("Oslo", "C")).isEqualTo("Oslo C 1");
            assertThat(weather.temperature("Oslo", "C")).isEqualTo("Oslo C 2");
            assertThatExceptionOfType(CacheClosedException.class).isThrownBy(() -> weather.forget("Oslo"));
        });
    }

    @Test
    void resultThatCannotBeStoredIsReturned() {
        runner.withPropertyValues("cacheness.handlers.trusted-packages=com.example")
                .run(context -> {
                    Weather weather = context.getBean(Weather.class);

                    assertThat(weather.points()).containsExactly(new Point(1, 2));
                    assertThat(weather.points()).containsExactly(new Point(1, 2));
                    assertThat(weather.calls()).isEqualTo(2);
                });
    }

    @Test
    void resultThatCannotBeStoredIsAFailureIfThePolicyOfTheCacheWantsThat() {
        runner.withPropertyValues(
                        "cacheness.handlers.trusted-packages=com.example", "cacheness.caches[*].put-failures=throw")
                .run(context -> {
                    Weather weather = context.getBean(Weather.class);

                    assertThatExceptionOfType(CacheSerializationException.class).isThrownBy(weather::points);
                    assertThat(weather.calls()).isEqualTo(1);
                });
    }

    @Test
    void limitsOfThePolicyHoldForTheMethodWhateverErrorsAreIgnored() {
        runner.withPropertyValues(
                        "cacheness.caches[*].breaker-failures=1",
                        "cacheness.caches[*].breaker-pause=1h",
                        "cacheness.caches.many.breaker-failures=1")
                .run(context -> {
                    Weather weather = context.getBean(Weather.class);

                    assertThatIllegalStateException().isThrownBy(weather::illegal);
                    assertThatExceptionOfType(CacheLoadRefusedException.class).isThrownBy(weather::illegal);
                    assertThat(weather.calls()).isEqualTo(1);
                    assertThatNullPointerException().isThrownBy(() -> weather.many(Arrays.asList(1, null), "C"));
                    assertThatExceptionOfType(CacheLoadRefusedException.class)
                            .isThrownBy(() -> weather.many(List.of(1, 2), "C"));
                });
    }

    @Test
    void elementThatCannotBePartOfAKeyIsGivenToTheMethodWithTheOthers() {
        runner.run(context -> {
            CachedCalls calls = context.getBean(CachedCalls.class);
            Thread thread = Thread.currentThread();
            AtomicInteger count = new AtomicInteger();
            Map<Object, String> first =
                    calls.callEach(List.of(1, thread, 2), SOME, missing -> named(missing, count.incrementAndGet()));
            Map<Object, String> second =
                    calls.callEach(List.of(2, thread, 3), SOME, missing -> named(missing, count.incrementAndGet()));
            Map<Object, String> third =
                    calls.callEach(List.of(thread, 3), SOME, missing -> named(missing, count.incrementAndGet()));

            assertThat(first).isEqualTo(Map.of(1, "1", thread, "1", 2, "1"));
            assertThat(second).isEqualTo(Map.of(2, "1", thread, "2", 3, "2"));
            assertThat(third).isEqualTo(Map.of(thread, "3", 3, "2"));
            assertThat(second.keySet()).containsExactly(2, thread, 3);
            assertThat(calls.toleratedFailures()).isEqualTo(3);
        });
    }

    private static final Function<Object, CacheKey<String>> SOME =
            element -> CacheKey.in("some", Map.of("element", element)).as(String.class);

    private static Map<Object, String> named(Set<Object> elements, int call) {
        return elements.stream().collect(Collectors.toMap(element -> element, element -> String.valueOf(call)));
    }

    @Test
    void manyCallersOfABulkMethodMakeOneCallForAKey() throws Exception {
        runner.run(context -> {
            CachedCalls calls = context.getBean(CachedCalls.class);
            CountDownLatch loading = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            CompletableFuture<Map<Object, String>> first =
                    CompletableFuture.supplyAsync(() -> calls.callEach(List.of(1, 2), SOME, missing -> {
                        loading.countDown();
                        awaitQuietly(go);
                        return named(missing, 1);
                    }));
            loading.await();
            CompletableFuture<Map<Object, String>> second = CompletableFuture.supplyAsync(
                    () -> calls.callEach(List.of(2, 3), SOME, missing -> named(missing, 2)));
            await().until(() -> context.getBean(Cacheness.class).exists(SOME.apply(3)));
            go.countDown();

            assertThat(first.get()).isEqualTo(Map.of(1, "1", 2, "1"));
            assertThat(second.get()).isEqualTo(Map.of(2, "1", 3, "2"));
        });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Test
    void loadThatComesBackToItsOwnKeyDoesNotHang() {
        runner.run(context -> {
            Outer outer = context.getBean(Outer.class);

            assertThat(outer.name(1)).isEqualTo("outer inner 1");
        });
    }

    @Test
    void onlyWhatIsMissingIsLoaded() {
        runner.run(context -> {
            Weather weather = context.getBean(Weather.class);

            assertThat(weather.many(List.of(1, 2), "C")).containsExactly(Map.entry(1, "1 C 1"), Map.entry(2, "2 C 1"));
            assertThat(weather.many(List.of(3, 2, 1, 3), "C"))
                    .containsExactly(Map.entry(3, "3 C 2"), Map.entry(2, "2 C 1"), Map.entry(1, "1 C 1"));
            assertThat(weather.many(List.of(1, 2, 3), "C")).hasSize(3);
            assertThat(weather.many(List.of(), "C")).isEmpty();
            assertThat(weather.many(List.of(-1, 1), "C")).containsOnlyKeys(1);
            assertThat(weather.calls()).isEqualTo(3);
            assertThat(weather.one(7)).isEqualTo("one 4");
            assertThat(weather.shared(List.of(7, 8))).containsExactly(Map.entry(7, "one 4"), Map.entry(8, "8 5"));
        });
    }

    @Test
    void invalidatesByKeyTagAttributeAndCache() {
        runner.run(context -> {
            Weather weather = context.getBean(Weather.class);
            Cacheness cache = context.getBean(Cacheness.class);

            weather.byOtherKey(7);
            weather.byOtherKey(8);
            weather.changed(7);
            assertThat(cache.stats("keyed").entries()).isEqualTo(1);
            weather.allChanged();
            assertThat(cache.stats("keyed").entries()).isZero();
            weather.described("Oslo", 7);
            weather.described("Rome", 8);
            weather.forget("Oslo");
            assertThat(cache.entries(EntryQuery.all()))
                    .extracting(EntryMetadata::description)
                    .containsExactly("8 days in Rome");
            weather.forgetDays(8);
            assertThat(cache.entries(EntryQuery.all())).isEmpty();
        });
    }

    @Test
    void failingMethodInvalidatesNothingUnlessItSaysBefore() {
        runner.run(context -> {
            Weather weather = context.getBean(Weather.class);
            Cacheness cache = context.getBean(Cacheness.class);
            weather.byOtherKey(7);

            assertThatIllegalStateException().isThrownBy(weather::failsAfter);
            assertThat(cache.stats("keyed").entries()).isEqualTo(1);
            assertThatIllegalStateException().isThrownBy(weather::failsBefore);
            assertThat(cache.stats("keyed").entries()).isZero();
        });
    }

    @Test
    void programmaticCallsAreTheSame() {
        runner.run(context -> {
            CachedCalls calls = context.getBean(CachedCalls.class);
            AtomicInteger count = new AtomicInteger();
            CacheKey<String> key = CacheKey.in("twin", Map.of("id", 1)).as(String.class);

            assertThat(calls.<@Nullable String, RuntimeException>call(key, () -> {
                        count.incrementAndGet();
                        return null;
                    }))
                    .isNull();
            assertThat(calls.call(key, () -> "never called")).isNull();
            calls.invalidate(key);
            assertThat(calls.call(key, () -> "called " + count.incrementAndGet()))
                    .isEqualTo("called 2");
            assertThat(calls.callEach(
                            List.of(1, 2),
                            id -> CacheKey.in("twin", Map.of("id", id)).as(String.class),
                            ids -> Map.of(2, "two " + ids)))
                    .isEqualTo(Map.of(1, "called 2", 2, "two [2]"));
        });
    }

    @Test
    void annotationsCanBeSwitchedOff() {
        runner.withPropertyValues("cacheness.annotations.enabled=false").run(context -> {
            Weather weather = context.getBean(Weather.class);

            weather.temperature("Oslo", "C");
            assertThat(weather.temperature("Oslo", "C")).isEqualTo("Oslo C 2");
            assertThat(weather.getClass()).isEqualTo(Weather.class);
        });
    }

    @Test
    void beansWithoutAnnotationsAreNotProxied() {
        runner.run(
                context -> assertThat(context.getBean(Plain.class).getClass()).isEqualTo(Plain.class));
    }

    private static EntryMetadata onlyEntry(Cacheness cache) {
        List<EntryMetadata> entries = cache.entries(EntryQuery.all());
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    private static @Nullable Duration lifeOf(Cacheness cache, String namespace) {
        EntryMetadata entry =
                cache.entries(EntryQuery.all().inNamespace(namespace)).get(0);
        return entry.expiresAt() == null ? null : Duration.between(entry.createdAt(), entry.expiresAt());
    }

    record Point(int x, int y) {}

    record Answer(String status, int calls) {}

    @Cached(cache = "short", ttl = "30s")
    @Retention(RetentionPolicy.RUNTIME)
    @interface ShortLived {

        @AliasFor(annotation = Cached.class)
        String key() default "";
    }

    static class Weather {

        private final AtomicInteger calls = new AtomicInteger();

        int calls() {
            return calls.get();
        }

        private String call(Object what) {
            return what + " " + calls.incrementAndGet();
        }

        @Cached(ttl = "24h")
        public String temperature(String city, String units) {
            return call(city + " " + units);
        }

        @Cached(cache = "shared")
        public String first(int id) {
            return call("first");
        }

        @Cached(cache = "shared")
        public String second(int id) {
            return call("second");
        }

        @Cached(cache = "shared")
        public String second(long id) {
            return call("long");
        }

        @Cached(prefix = "keyed", key = "#id")
        public String byKey(int id, String other) {
            return call("by key " + other);
        }

        @Cached(cache = "keyed", key = "#a0")
        public String byOtherKey(int number) {
            return call("other");
        }

        @Cached
        public @Nullable String nothing(int id) {
            calls.incrementAndGet();
            return null;
        }

        @Cached
        public Optional<String> maybe(String name) {
            return Optional.of(call(name)).filter(value -> value.startsWith("found"));
        }

        @Cached
        public int number(int value) {
            calls.incrementAndGet();
            return value + 1;
        }

        @Cached
        public List<Point> points() {
            calls.incrementAndGet();
            return List.of(new Point(1, 2));
        }

        @Cached(condition = "#word.length() > 2")
        public String onlyLong(String word) {
            return call(word);
        }

        @Cached(unless = "#result.startsWith('bad')")
        public String notBad(String word) {
            return call(word);
        }

        @Cached(unless = "#result == null")
        public Optional<String> maybeNotNull(@Nullable String value) {
            calls.incrementAndGet();
            return Optional.ofNullable(value);
        }

        @CacheIf("#result.status == 'success'")
        public @Nullable Answer answer(String status) {
            int call = calls.incrementAndGet();
            return status.equals("none") ? null : new Answer(status, call);
        }

        @Cached(cache = "beside", ttl = "1h")
        @CacheIf("#result.status == 'success'")
        public Answer answerBeside(String status) {
            return new Answer(status, calls.incrementAndGet());
        }

        @Cached(
                cache = "described",
                ttl = "${city.ttl}",
                attributes = {"kind=forecast", "days=#{#days}", "ttl=${city.ttl}"},
                tags = {"weather", "city:#{#city}"},
                description = "#{#days} days in #{#city}")
        public String described(String city, int days) {
            return call(city);
        }

        @ApiCached(cache = "api")
        public String api(String url) {
            return call(url.repeat(10_000));
        }

        @Cached(cache = "hours", ttl = "2")
        public String hours() {
            return call("hours");
        }

        @Cached(cache = "for-ever", ttl = "never")
        public String forEver() {
            return call("for ever");
        }

        @ShortLived(key = "#id")
        public String composed(int id) {
            return call("composed");
        }

        @Cached
        public String failing() throws IOException {
            throw new IOException(call("call"));
        }

        @Cached
        public String illegal() {
            throw new IllegalStateException(call("illegal"));
        }

        @Cached
        public String threadName(Thread thread) {
            return call("thread");
        }

        @Cached(ignoreErrors = false)
        public String strict(Thread thread) {
            return call("thread");
        }

        @Cached(key = "#point.x")
        public String ofPoint(@Nullable Point point) {
            return call("point");
        }

        @Cached(cache = "many")
        public Map<Integer, String> many(@CacheEach List<Integer> ids, String units) {
            calls.incrementAndGet();
            return ids.stream()
                    .filter(id -> id > 0)
                    .collect(Collectors.toMap(id -> id, id -> id + " " + units + " " + calls));
        }

        @Cached(cache = "ones", key = "#id")
        public String one(int id) {
            return call("one");
        }

        @Cached(cache = "ones", key = "#ids")
        public Map<Integer, String> shared(@CacheEach Collection<Integer> ids) {
            calls.incrementAndGet();
            return ids.stream().collect(Collectors.toMap(id -> id, id -> id + " " + calls));
        }

        @CacheInvalidate(cache = "keyed", key = "#id")
        public void changed(int id) {
            // The annotation does it.
        }

        @CacheInvalidate(prefix = "keyed")
        public void allChanged() {
            // The annotation does it.
        }

        @CacheInvalidate(tag = "city:#{#city}")
        public void forget(String city) {
            // The annotation does it.
        }

        @CacheInvalidate(cache = "keyed")
        @CacheInvalidate(cache = "described", attribute = "days=#{#days}")
        public void forgetDays(int days) {
            // The annotations do it.
        }

        @CacheInvalidate(cache = "keyed")
        public void failsAfter() {
            throw new IllegalStateException("no");
        }

        @CacheInvalidate(cache = "keyed", beforeInvocation = true)
        public void failsBefore() {
            throw new IllegalStateException("no");
        }
    }

    abstract static class Animals {

        @Cached
        public String name(int id) {
            return kind() + " " + id;
        }

        abstract String kind();
    }

    static class Cats extends Animals {
        @Override
        String kind() {
            return "cat";
        }
    }

    static class Dogs extends Animals {
        @Override
        String kind() {
            return "dog";
        }
    }

    interface Greeting {

        @Cached
        String greet(String name);
    }

    static class PoliteGreeting implements Greeting {

        private int calls;

        @Override
        public String greet(String name) {
            return "hello " + name + " " + ++calls;
        }
    }

    static final class FinalGreeting implements Greeting {

        private int calls;

        @Override
        public String greet(String name) {
            return "final " + name + " " + ++calls;
        }
    }

    static class Inner {

        @Cached(cache = "nested", key = "#id")
        public String name(int id) {
            return "inner " + id;
        }
    }

    static class Outer {

        private final Inner inner;

        Outer(Inner inner) {
            this.inner = inner;
        }

        @Cached(cache = "nested", key = "#id")
        public String name(int id) {
            return "outer " + inner.name(id);
        }
    }

    static class Plain {}

    @Configuration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        Weather weather() {
            return new Weather();
        }

        @Bean
        Cats cats() {
            return new Cats();
        }

        @Bean
        Dogs dogs() {
            return new Dogs();
        }

        @Bean
        PoliteGreeting greeting() {
            return new PoliteGreeting();
        }

        @Bean
        Inner inner() {
            return new Inner();
        }

        @Bean
        Outer outer(Inner inner) {
            return new Outer(inner);
        }

        @Bean
        Plain plain() {
            return new Plain();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Interfaces {

        @Bean
        Greeting finalGreeting() {
            return new FinalGreeting();
        }
    }
}
