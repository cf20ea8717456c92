package dev.cacheness.internal.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.MissReason;
import dev.cacheness.contract.HandlerContract;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.HandlerSettings;
import java.io.File;
import java.io.FileInputStream;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Currency;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ObjectHandlerTests extends HandlerContract {

    enum Kind {
        SMALL,
        LARGE
    }

    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    record Order(
            UUID id,
            Instant at,
            Kind kind,
            List<Shape> shapes,
            Map<String, BigDecimal> prices,
            Optional<String> note) {}

    /** Neither serializable nor open, and part of a cycle. */
    static final class Person {
        private final String name;
        private final List<Person> friends = new ArrayList<>();

        Person(String name) {
            this.name = name;
        }
    }

    record Holder(Object held) {}

    interface Greeting {
        String greet();
    }

    private static final Handler<?> HANDLER =
            handlerTrusting(Thread.currentThread().getContextClassLoader(), "dev.cacheness.internal.handler");

    static Handler<?> handlerTrusting(ClassLoader classLoader, String... packages) {
        return new ObjectHandlerProvider().create(new HandlerSettings(classLoader, List.of(packages), "zstd", null));
    }

    @Override
    protected Handler<?> handler() {
        return HANDLER;
    }

    @Override
    protected List<?> samples() {
        return List.of(
                1,
                "half \ud834 of a pair",
                Kind.LARGE,
                LocalDate.of(2026, 11, 24),
                List.of(),
                Optional.empty(),
                new TreeMap<>(Map.of("b", 1, "a", 2)),
                new Circle(1.5),
                List.of(new Circle(1), new Square(2)),
                new Order(
                        new UUID(1, 2),
                        Instant.EPOCH,
                        Kind.SMALL,
                        List.of(new Square(1)),
                        Map.of("EUR", new BigDecimal("1.10")),
                        Optional.of("note")));
    }

    @Override
    protected Object random(Random random) {
        List<Shape> shapes = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            shapes.add(random.nextBoolean() ? new Circle(random.nextGaussian()) : new Square(random.nextDouble()));
        }
        Map<String, BigDecimal> prices = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            prices.put("key" + random.nextInt(), BigDecimal.valueOf(random.nextLong(), random.nextInt(10)));
        }
        return new Order(
                new UUID(random.nextLong(), random.nextLong()),
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                Kind.values()[random.nextInt(2)],
                shapes,
                prices,
                random.nextBoolean() ? Optional.empty() : Optional.of("note"));
    }

    @Override
    protected void assertSame(Object actual, Object expected) {
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void typesOfTheJdkReadBackEqual() throws Exception {
        for (Object value : List.of(
                true,
                'c',
                1.5f,
                Long.MIN_VALUE,
                BigInteger.TEN.pow(40),
                new BigDecimal("1.100"),
                Duration.ofMillis(5),
                ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 6, ZoneId.of("Europe/Berlin")),
                OffsetDateTime.MAX,
                DayOfWeek.FRIDAY,
                UUID.randomUUID(),
                URI.create("https://example.org/a?b=c"),
                Locale.GERMANY,
                Currency.getInstance("EUR"),
                BitSet.valueOf(new long[] {5, 9}),
                OptionalInt.of(3),
                EnumSet.of(Kind.LARGE),
                new EnumMap<>(Map.of(Kind.SMALL, 1)),
                new LinkedList<>(List.of(1, 2)),
                new LinkedHashSet<>(List.of(2, 1)),
                new ConcurrentHashMap<>(Map.of("a", 1)),
                Set.of(1, 2),
                Arrays.asList(1, null),
                List.of(1, 2, 3).subList(1, 2))) {
            assertThat(read(write(value), Object.class))
                    .as("%s", value.getClass())
                    .isEqualTo(value);
        }
        assertThat(((Pattern) read(write(Pattern.compile("a+")), Pattern.class)).pattern())
                .isEqualTo("a+");
        assertThat((int[][]) read(write(new int[][] {{1}, {}}), int[][].class)).isDeepEqualTo(new int[][] {{1}, {}});
        assertThat((Kind[]) read(write(new Kind[] {Kind.LARGE}), Object.class)).containsExactly(Kind.LARGE);
    }

    @Test
    void classesOfMapsAndListsAreKept() throws Exception {
        for (Object value : List.of(
                new TreeMap<>(Map.of("a", 1)), new LinkedList<>(List.of(1)), new ConcurrentHashMap<>(Map.of("a", 1)))) {
            assertThat(read(write(value), Object.class)).hasSameClassAs(value);
        }
    }

    @Test
    void graphsWithCyclesKeepTheirShape() throws Exception {
        Person ada = new Person("Ada");
        Person bob = new Person("Bob");
        ada.friends.add(bob);
        bob.friends.add(ada);

        Person read = (Person) read(write(ada), Person.class);

        assertThat(read.name).isEqualTo("Ada");
        assertThat(read.friends.get(0).name).isEqualTo("Bob");
        assertThat(read.friends.get(0).friends.get(0)).isSameAs(read);
    }

    @Test
    void aClassOutsideTheTrustedPackagesIsRefusedWithThePropertyToSet() {
        Handler<?> strict = handlerTrusting(getClass().getClassLoader(), "com.example");

        assertThat(strict.accepts(new Circle(1))).isTrue();
        for (Object value : List.of(new Circle(1), List.of(new Circle(1)), Optional.of(new Circle(2)))) {
            for (int again = 0; again < 2; again++) {
                assertThatExceptionOfType(CacheSerializationException.class)
                        .isThrownBy(() -> writeWith(strict, value))
                        .withMessageContaining(
                                "dev.cacheness.internal.handler.ObjectHandlerTests$Circle is not trusted")
                        .withMessageContaining(
                                "add 'dev.cacheness.internal.handler' to cacheness.handlers.trusted-packages");
            }
        }
    }

    @Test
    void aTrustedPackageIsNotTheBeginningOfAName() {
        TypePolicy policy = new TypePolicy(
                new HandlerSettings(getClass().getClassLoader(), List.of("com.acme", "org.a.B"), "zstd", null));

        assertThat(List.of(
                        "com.acme.X",
                        "com.acme.sub.X$Y",
                        "[[Lcom.acme.X;",
                        "com.acme.X[]",
                        "org.a.B",
                        "org.a.B$C",
                        "[I"))
                .allMatch(policy::allows);
        assertThat(List.of("com.acmeevil.X", "com.X", "org.a.Bad", "", "[", "[Lcom.evil.X;", "org.a.C[]"))
                .noneMatch(policy::allows);
    }

    @Test
    void typesOfTheJdkThatDoSomethingAreRefused() {
        TypePolicy policy = new TypePolicy(new HandlerSettings(getClass().getClassLoader(), List.of(), "zstd", null));

        assertThat(List.of(
                        "java.lang.Thread",
                        "java.lang.ProcessBuilder",
                        "java.lang.Runtime",
                        "java.io.File",
                        "java.net.URL",
                        "java.util.ServiceLoader",
                        "java.util.ServiceLoader$LazyClassPathLookupIterator",
                        "java.util.Timer",
                        "java.util.Scanner",
                        "java.util.jar.JarFile",
                        "java.util.logging.FileHandler",
                        "java.util.concurrent.ForkJoinPool",
                        "java.util.concurrent.CompletableFuture",
                        "javax.management.BadAttributeValueExpException",
                        "javax.script.ScriptEngineManager",
                        "com.sun.rowset.JdbcRowSetImpl",
                        "java.rmi.server.UnicastRemoteObject",
                        "java.lang.invoke.SerializedLambda",
                        "java.lang.reflect.Proxy"))
                .noneMatch(policy::allows);
    }

    @Test
    void onReadingAClassOutsideTheTrustedPackagesIsRefused() throws Exception {
        byte[] bytes = write(List.of(new Circle(1)));
        Handler<?> strict = handlerTrusting(getClass().getClassLoader(), "com.example");

        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> strict.read(new java.io.ByteArrayInputStream(bytes), Object.class))
                .satisfies(ex -> assertThat(ex.missReason()).isEqualTo(MissReason.REFUSED));
    }

    @Test
    void codeOfAPlantedClassNeverRuns() throws Exception {
        byte[] planted = write(new Holder(new Canary()));
        Handler<?> strict = handlerTrusting(getClass().getClassLoader(), Holder.class.getName());
        Canary.sang = false;

        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> strict.read(new java.io.ByteArrayInputStream(planted), Object.class))
                .satisfies(ex -> assertThat(ex.missReason()).isEqualTo(MissReason.REFUSED));
        assertThat(Canary.sang).isFalse();
        assertThat(((Holder) read(planted, Holder.class)).held()).isInstanceOf(Canary.class);
        assertThat(Canary.sang).as("by a reader that trusts it").isTrue();
    }

    /** Does something while it is read. */
    static final class Canary implements Serializable {

        private static final long serialVersionUID = 1L;

        private static boolean sang;

        private void readObject(java.io.ObjectInputStream in) throws java.io.IOException, ClassNotFoundException {
            in.defaultReadObject();
            sang = true;
        }
    }

    @Test
    void partsOfTheRunningProgramAreRefusedWithAReason() throws Exception {
        Supplier<String> lambda = () -> "x";
        Greeting proxy = (Greeting)
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Greeting.class}, (p, m, a) -> "hi");
        try (FileInputStream stream = new FileInputStream(File.createTempFile("values", ".tmp"))) {
            assertRefused(lambda, "a lambda has no name");
            assertRefused((Supplier<String> & Serializable) () -> "x", "a lambda has no name");
            assertRefused(proxy, "made at run time");
            assertRefused(Thread.currentThread(), "part of the running program");
            assertRefused(new CompletableFuture<>(), "part of the running program");
            assertRefused(stream, "an open stream gives what it has only once");
            assertRefused(List.of(1).stream(), "an open stream gives what it has only once");
            assertRefused(new File("x"), "not one of the JDK's types");
            assertRefused(Map.entry(1, 2), "has no form that can be stored");
        }
    }

    private void assertRefused(Object value, String reason) {
        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> write(value))
                .withMessageContaining(reason);
        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> write(new Holder(value)))
                .withMessageContaining("A value of " + Holder.class.getName() + " cannot be stored")
                .withMessageContaining(reason);
    }

    @Test
    void whatIsNestedTooDeeplyIsRefused() {
        Holder deep = new Holder(null);
        for (int i = 0; i < 100_000; i++) {
            deep = new Holder(deep);
        }
        Holder value = deep;

        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> write(value))
                .withMessageContaining("nested too deeply");
    }

    private static void writeWith(Handler<?> handler, Object value) throws Exception {
        @SuppressWarnings("unchecked")
        Handler<Object> any = (Handler<Object>) handler;
        any.write(value, new java.io.ByteArrayOutputStream());
    }
}
