package dev.cacheness;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Clock;
import java.time.InstantSource;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What code may and may not do, wherever it is. */
class CodingRulesTests {

    private static final String INTERNAL = "dev.cacheness.internal..";

    private static final List<String> HIDDEN = List.of(
            "dev.cacheness.internal.",
            "tools.jackson.",
            "org.hibernate.",
            "org.sqlite.",
            "org.postgresql.",
            "org.duckdb.",
            "org.flywaydb.",
            "com.github.benmanes.",
            "com.github.luben.",
            "net.jpountz.",
            "com.dynatrace.",
            "org.apache.fory.");

    @Test
    void publicMembersShowNoTypeThatMayChange() {
        check(
                CoreClasses.MAIN,
                members()
                        .that()
                        .areDeclaredInClassesThat()
                        .resideOutsideOfPackages(INTERNAL, "dev.cacheness.sql.store..")
                        .and()
                        .areDeclaredInClassesThat()
                        .arePublic()
                        .should(showNoHiddenTypeIfVisible())
                        .because("users would be bound to internals or to a library's version"));
    }

    @Test
    void exceptionsOfTheApiExtendCacheException() {
        check(
                CoreClasses.MAIN,
                classes()
                        .that()
                        .areAssignableTo(Throwable.class)
                        .and()
                        .arePublic()
                        .and()
                        .resideOutsideOfPackage(INTERNAL)
                        .should()
                        .beAssignableTo(CacheException.class)
                        .because("one catch is enough for everything that the cache itself throws"));
    }

    @Test
    void publicClassesAreClosedForExtensionUnlessMeantForIt() {
        check(
                CoreClasses.MAIN,
                classes()
                        .that()
                        .arePublic()
                        .and()
                        .areNotInterfaces()
                        .and()
                        .areNotAssignableTo(Throwable.class)
                        .should(beFinalAbstractOrSealed())
                        .because("a class that was not made to be extended breaks those who extend it"));
    }

    @Test
    void timeComesFromTheClockThatWasGiven() {
        check(
                CoreClasses.MAIN,
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName("dev.cacheness.engine.StoreAssembly")
                        .and()
                        .doNotHaveFullyQualifiedName("dev.cacheness.sql.SqlCacheBuilder")
                        .should()
                        .callMethodWhere(callTo(TemporalAccessor.class, "now"))
                        .orShould()
                        .callMethodWhere(callTo(System.class, "currentTimeMillis"))
                        .orShould()
                        .callMethodWhere(callTo(InstantSource.class, "system"))
                        .orShould()
                        .callMethodWhere(callTo(Clock.class, "systemUTC"))
                        .orShould()
                        .callMethodWhere(callTo(Clock.class, "systemDefaultZone"))
                        .because("only the builders set the default clock; tests move time instead of waiting"));
    }

    @Test
    void noJavaSerialization() {
        check(
                CoreClasses.MAIN,
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .areAssignableTo(ObjectInputStream.class)
                        .orShould()
                        .dependOnClassesThat()
                        .areAssignableTo(ObjectOutputStream.class)
                        .because("reading a serialized object can run anything that is on the class path"));
    }

    @Test
    void messagesGoToTheLoggerOnly() {
        check(
                CoreClasses.MAIN,
                noClasses()
                        .should()
                        .accessField(System.class, "out")
                        .orShould()
                        .accessField(System.class, "err")
                        .orShould()
                        .callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                                com.tngtech.archunit.core.domain.properties.HasName.Predicates.name("printStackTrace")))
                        .orShould()
                        .dependOnClassesThat()
                        .resideInAPackage("java.util.logging..")
                        .because("an application must be able to direct, filter and silence them"));
    }

    @Test
    void testsDoNotSleep() {
        check(
                CoreClasses.TESTS,
                noClasses()
                        .should()
                        .callMethodWhere(callTo(Thread.class, "sleep"))
                        .orShould()
                        .callMethodWhere(callTo(TimeUnit.class, "sleep"))
                        .because("a sleeping test is slow when all is well and fails when the machine is slow"));
    }

    @Test
    void testsAssertWithAssertJAndUseRealParts() {
        check(
                CoreClasses.TESTS,
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("org.junit.jupiter.api.Assertions")
                        .orShould()
                        .dependOnClassesThat()
                        .resideInAPackage("org.mockito..")
                        .because("one way to assert is enough, and a mock of a store proves nothing about the store"));
    }

    private static void check(JavaClasses classes, ArchRule rule) {
        rule.allowEmptyShould(true).check(classes);
    }

    private static ArchCondition<JavaMember> showNoHiddenTypeIfVisible() {
        return new ArchCondition<>("show no internal or library type") {
            @Override
            public void check(JavaMember member, ConditionEvents events) {
                boolean visible = member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED);
                if (!visible) {
                    return;
                }
                member.getAllInvolvedRawTypes().stream()
                        .map(JavaClass::getBaseComponentType)
                        .filter(type -> HIDDEN.stream().anyMatch(type.getName()::startsWith))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                member, member.getFullName() + " shows " + type.getName())));
            }
        };
    }

    private static ArchCondition<JavaClass> beFinalAbstractOrSealed() {
        return new ArchCondition<>("be final, abstract or sealed") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean closed = type.getModifiers().contains(JavaModifier.FINAL)
                        || type.getModifiers().contains(JavaModifier.ABSTRACT)
                        || type.isEnum()
                        || type.reflect().isSealed();
                events.add(new SimpleConditionEvent(type, closed, type.getName() + " can be extended by anyone"));
            }
        };
    }

    private static DescribedPredicate<JavaCall<?>> callTo(Class<?> owner, String method) {
        return DescribedPredicate.describe(
                owner.getSimpleName() + "." + method,
                call -> call.getTargetOwner().isAssignableTo(owner)
                        && call.getName().equals(method));
    }
}
