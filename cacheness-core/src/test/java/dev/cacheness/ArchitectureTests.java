package dev.cacheness;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which package may use which, and which library is used where. */
class ArchitectureTests {

    private static final String ROOT = "dev.cacheness";

    /** Every package, below {@code dev.cacheness}, and what it may use besides itself, the JDK and libraries. */
    private static final Map<String, List<String>> ARROWS = arrows();

    private static Map<String, List<String>> arrows() {
        var arrows = new LinkedHashMap<String, List<String>>();
        arrows.put("", List.of());
        arrows.put("table", List.of(""));
        arrows.put("spi", List.of(""));
        arrows.put("sql", List.of("", "table", "internal.record", "internal.lease"));
        arrows.put("jpa", List.of("", "spi"));
        arrows.put("internal.record", List.of(""));
        arrows.put("internal.custom", List.of("", "spi"));
        arrows.put("internal.json", List.of("", "spi"));
        arrows.put("internal.codec", List.of("", "spi"));
        arrows.put("internal.key", List.of("", "spi", "internal.json"));
        arrows.put("internal.handler", List.of("", "table", "spi", "internal.json", "internal.codec"));
        arrows.put("internal.lock", List.of());
        arrows.put("internal.metadata", List.of("", "spi", "internal.json", "internal.lock"));
        arrows.put("internal.jdbc", List.of("", "spi", "internal.json", "internal.record", "internal.lease"));
        arrows.put("internal.lease", List.of());
        arrows.put("jdbc", List.of("", "spi", "internal.jdbc"));
        arrows.put("internal.blob", List.of("", "spi", "internal.lock"));
        arrows.put("internal.s3", List.of("", "spi", "internal.blob"));
        arrows.put("s3", List.of("", "spi", "internal.s3"));
        arrows.put("internal.store", List.of("", "spi", "internal.codec"));
        arrows.put("internal.transfer", List.of("", "spi", "internal.store"));
        arrows.put("storage", List.of("", "internal.key"));
        arrows.put(
                "engine",
                List.of(
                        "",
                        "spi",
                        "storage",
                        "internal.key",
                        "internal.custom",
                        "internal.codec",
                        "internal.store",
                        "internal.transfer"));
        return arrows;
    }

    @Test
    void packagesAreFreeOfCycles() {
        check(slices().matching("dev.cacheness.(**)")
                .should()
                .beFreeOfCycles()
                .because("a part that needs its user cannot be understood, tested or replaced alone"));
    }

    @Test
    void arrowsBetweenPackagesPointDown() {
        ARROWS.forEach((name, others) -> {
            var allowed = new ArrayList<String>(others);
            allowed.add(name);

            check(noClasses()
                    .that(areIn(name))
                    .should()
                    .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(areInOneOf(allowed))))
                    .because("'" + name + "' may use " + others
                            + " only, so that every layer stands on those below it"));
        });
    }

    @Test
    void everyPackageHasItsPlaceInTheTableOfArrows() {
        check(classes()
                .should(be(areInOneOf(List.copyOf(ARROWS.keySet()))))
                .because("a package that is not in the table could use everything"));
    }

    @Test
    void apiDependsOnTheJdkAndJSpecifyOnly() {
        check(classes()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT, "java..", "org.jspecify..")
                .because("what users compile against must not change with a library"));
    }

    @Test
    void backendsAndHandlersKnowOnlyTheirOwnTask() {
        check(noClasses()
                .that()
                .resideInAnyPackage(in("internal.jdbc"), in("internal.metadata"), in("internal.handler"))
                .should()
                .dependOnClassesThat(namedOrNestedIn("BlobBackend", "BlobBackendProvider"))
                .because("any metadata backend goes with any blob backend, and handlers see streams only"));
        check(noClasses()
                .that()
                .resideInAnyPackage(in("internal.blob"), in("internal.s3"), in("internal.handler"))
                .should()
                .dependOnClassesThat(namedOrNestedIn("MetadataBackend", "MetadataBackendProvider"))
                .because("any blob backend goes with any metadata backend, and handlers see streams only"));
    }

    @Test
    void entitiesStayInTheirPackage() {
        check(classes()
                .that()
                .areAnnotatedWith("jakarta.persistence.Entity")
                .should()
                .resideInAPackage(in("jpa"))
                .andShould()
                .onlyHaveDependentClassesThat()
                .resideInAPackage(in("jpa"))
                .because("rows are handed on in the core's own types"));
    }

    @Test
    void jpaAndSpringStayInTheirPackage() {
        onlyIn(
                List.of("jpa"),
                "the cache runs without Spring and without JPA",
                "jakarta.persistence..",
                "org.hibernate..",
                "org.springframework..");
    }

    @Test
    void migrationsAndPoolsStayWithTheDatabase() {
        onlyIn(
                List.of("internal.jdbc"),
                "no one else opens a database of the index",
                "org.flywaydb..",
                "com.zaxxer.hikari..");
    }

    @Test
    void databaseDriversStayWithTheDatabase() {
        onlyIn(
                List.of("internal.jdbc", "sql"),
                "what a driver can do beyond JDBC is a matter of the dialect",
                "org.sqlite..",
                "org.postgresql..",
                "org.duckdb..");
    }

    @Test
    void theSdkOfS3StaysInItsPackages() {
        onlyIn(
                List.of("internal.s3", "s3"),
                "it is not always on the class path, and only one place knows what its failures mean",
                "software.amazon..");
    }

    @Test
    void jdbcStaysWhereStatementsAre() {
        onlyIn(
                List.of("internal.jdbc", "internal.record", "jdbc", "jpa", "sql"),
                "everyone else speaks in the core's own types",
                "java.sql..",
                "javax.sql..");
    }

    @Test
    void jacksonStaysInOnePackage() {
        onlyIn(List.of("internal.json"), "there is one set-up of JSON, and Jackson can be replaced", "tools.jackson..");
        onlyIn(List.of(), "Jackson 2 is not a dependency of this project", "com.fasterxml.jackson..");
    }

    @Test
    void compressorsStayInOnePackage() {
        onlyIn(
                List.of("internal.codec"),
                "only codecs bound what decompression may take",
                "net.jpountz..",
                "com.github.luben..");
    }

    @Test
    void caffeineIsBehindTheMemoryLayer() {
        onlyIn(List.of("engine"), "the cache runs without it", "com.github.benmanes.caffeine..");
    }

    @Test
    void foryStaysInOnePackage() {
        onlyIn(List.of("internal.handler"), "only the handler puts the allow-list in front of it", "org.apache.fory..");
    }

    @Test
    void parquetStaysInOnePackage() {
        onlyIn(
                List.of("internal.handler.table"),
                "it is not always on the class path, and only one place bounds what it may take",
                "org.apache.parquet..",
                "org.apache.hadoop..");
    }

    @Test
    void hashesStayInTheirPackages() {
        onlyIn(
                List.of("internal.store", "internal.key"),
                "a checksum or digest that is computed in two places will differ",
                "com.dynatrace.hash4j..");
    }

    @Test
    void filesAreTouchedWhereStoresAre() {
        check(noClasses()
                .that(not(areInOneOf(List.of(
                        "internal.blob",
                        "internal.metadata",
                        "internal.jdbc",
                        "internal.key",
                        "internal.handler.file",
                        "engine"))))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.file.Files")
                .because("whoever creates files must know who owns them and with which rights"));
    }

    private static void onlyIn(List<String> packages, String reason, String... library) {
        check(noClasses()
                .that(not(areInOneOf(packages)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(library))
                .because(reason));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CoreClasses.MAIN);
    }

    private static DescribedPredicate<JavaClass> areInOneOf(List<String> names) {
        return DescribedPredicate.or(
                        names.stream().map(ArchitectureTests::areIn).toList())
                .as("in one of %s", names);
    }

    private static DescribedPredicate<JavaClass> areIn(String name) {
        return name.isEmpty() ? resideInAPackage(ROOT) : resideInAPackage(in(name));
    }

    private static String in(String name) {
        return ROOT + "." + name + "..";
    }

    private static DescribedPredicate<JavaClass> namedOrNestedIn(String... names) {
        return DescribedPredicate.describe(
                "are " + List.of(names),
                type -> List.of(names).stream()
                        .map(name -> ROOT + ".spi." + name)
                        .anyMatch(name ->
                                type.getName().equals(name) || type.getName().startsWith(name + "$")));
    }
}
