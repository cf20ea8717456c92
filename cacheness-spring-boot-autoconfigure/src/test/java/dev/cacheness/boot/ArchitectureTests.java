package dev.cacheness.boot;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** What the auto-configuration may and may not do, so that it never gets in an application's way. */
class ArchitectureTests {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.cacheness.boot");

    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackages("dev.cacheness.boot");

    /** What Spring Boot and its modules back off from, or hand out, when they find a bean of it. */
    private static final List<String> TYPES_OF_THE_APPLICATION = List.of(
            "javax.sql.DataSource",
            "jakarta.persistence.EntityManagerFactory",
            "org.springframework.transaction.TransactionManager",
            "org.flywaydb.core.Flyway",
            "tools.jackson.databind.ObjectMapper",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "java.util.concurrent.Executor");

    @Test
    void packagesAreFreeOfCycles() {
        check(slices().matching("dev.cacheness.boot.(*)").should().beFreeOfCycles());
    }

    @Test
    void internalsOfTheCoreAreNotUsed() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.cacheness.internal..")
                .because("an application must be able to do all that the auto-configuration does"));
    }

    @Test
    void autoConfigurationsArePublicFinalAndHaveNoPublicMembers() {
        check(classes()
                .that()
                .areAnnotatedWith(AutoConfiguration.class)
                .should()
                .bePublic()
                .andShould()
                .haveModifier(JavaModifier.FINAL)
                .because("they are named in excludes and used in no other way"));
        check(noMethods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(AutoConfiguration.class)
                .should()
                .bePublic()
                .because("nobody calls them but Spring"));
    }

    @Test
    void autoConfigurationsAreListed() {
        List<String> listed =
                ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()).getCandidates().stream()
                        .filter(name -> name.startsWith("dev.cacheness."))
                        .toList();

        assertThat(MAIN.stream()
                        .filter(type -> type.isAnnotatedWith(AutoConfiguration.class))
                        .map(JavaClass::getName))
                .containsExactlyInAnyOrderElementsOf(listed);
    }

    @Test
    void conditionsOnClassesAreNotOnBeanMethods() {
        check(noMethods()
                .should()
                .beAnnotatedWith(ConditionalOnClass.class)
                .because("the signature of the method would already have been loaded"));
    }

    @Test
    void nothingIsScannedAndNothingOfTheApplicationIsSwitchedOn() {
        check(noClasses()
                .should()
                .beMetaAnnotatedWith(ComponentScan.class)
                .orShould()
                .beMetaAnnotatedWith(AutoConfigurationPackage.class)
                .orShould(dependOnClassesThat(DescribedPredicate.describe(
                        "switch on what is the application's to switch on",
                        type -> type.getSimpleName().matches("Enable(Jpa.*|Transaction.*|Caching|Async|Scheduling)")
                                || type.getSimpleName().equals("EntityScan"))))
                .because("the application decides what is scanned and switched on"));
    }

    @Test
    void nothingIsInjectedIntoFields() {
        check(fields().should().notBeAnnotatedWith(Autowired.class));
    }

    @Test
    void noBeanIsOfATypeThatIsTheApplications() {
        check(methods()
                .that()
                .areAnnotatedWith(Bean.class)
                .should()
                .haveRawReturnType(DescribedPredicate.describe(
                        "is no type of the application's",
                        type -> TYPES_OF_THE_APPLICATION.stream().noneMatch(type::isAssignableTo)))
                .because("Spring Boot would back off from its own, or hand ours out"));
    }

    @Test
    void timeComesFromTheCache() {
        check(noClasses()
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "asks for the time",
                        (JavaCall<?> call) -> call.getName().equals("currentTimeMillis")
                                || (call.getName().equals("now")
                                        && call.getTargetOwner().isAssignableTo(TemporalAccessor.class)))));
    }

    @Test
    void noJavaSerializationAndNoOutputButTheLog() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethodWhere(target(name("printStackTrace")))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging.."));
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(MAIN.stream()
                        .map(JavaClass::getPackage)
                        .distinct()
                        .filter(each -> !each.isAnnotatedWith(NullMarked.class)))
                .isEmpty();
    }

    @Test
    void testsDoNotSleepAndUseRealParts() {
        check(TESTS, noClasses().should().callMethodWhere(target(name("sleep"))));
        check(
                TESTS,
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("org.junit.jupiter.api.Assertions")
                        .orShould()
                        .dependOnClassesThat()
                        .resideInAPackage("org.mockito.."));
    }

    private static void check(ArchRule rule) {
        check(MAIN, rule);
    }

    private static void check(JavaClasses classes, ArchRule rule) {
        rule.allowEmptyShould(true).check(classes);
    }
}
