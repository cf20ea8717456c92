package dev.cacheness.boot.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.boot.autoconfigure.CachenessAnnotationAutoConfiguration;
import dev.cacheness.boot.autoconfigure.CachenessAutoConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Annotations that cannot work stop the start, and those that can change nothing else. */
class CachedStartTests {

    @TempDir
    Path directory;

    @Test
    void expressionThatDoesNotParseStopsTheStart() {
        assertThatStart(new Object() {
                    @Cached(key = "#id +")
                    public String broken(int id) {
                        return "";
                    }
                })
                .contains("broken(int)", "'key' is \"#id +\"", "is no expression");
    }

    @Test
    void unknownParameterStopsTheStart() {
        assertThatStart(new Object() {
                    @Cached(tags = "city:#{#town}")
                    public String unknown(String city) {
                        return "";
                    }
                })
                .contains("unknown(java.lang.String)", "there is no #town", "Known are [city, a0, p0]");
    }

    @Test
    void resultIsNotKnownBeforeTheCall() {
        assertThatStart(new Object() {
                    @Cached(condition = "#result != null")
                    public String early(String city) {
                        return "";
                    }
                })
                .contains("early(java.lang.String)", "there is no #result");
    }

    @Test
    void parameterWithoutItsSignStopsTheStart() {
        assertThatStart(new Object() {
                    @Cached(key = "id")
                    public String bare(int id) {
                        return "";
                    }
                })
                .contains("bare(int)", "'key' is \"id\"", "as in #id");
        assertThatStart(new Object() {
                    @Cached(condition = "#id > 0 and city.length() > 1")
                    public String bareInside(int id, String city) {
                        return "";
                    }
                })
                .contains("bareInside(int,java.lang.String)", "as in #city");
    }

    @Test
    void whatIsNoParameterNeedsNoSign() {
        runner(new Object() {
                    @Cached(
                            key =
                                    "{methodName, args[0], {name: #city.bytes.length}, #city.toCharArray().?[toString() != 'x']}")
                    public String fine(String city) {
                        return "";
                    }
                })
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void unknownCodecStopsTheStart() {
        assertThatStart(new Object() {
                    @Cached(codec = "zst")
                    public String packed() {
                        return "";
                    }
                })
                .contains("packed()", "'codec' is \"zst\"", "known are ", "lz4", "zstd");
    }

    @Test
    void lifeThatIsNotLongerThanTheSoftTtlOfTheCacheStopsTheStart() {
        runner(new Object() {
                    @Cached(cache = "prices", ttl = "5m")
                    public String contradiction() {
                        return "";
                    }
                })
                .withPropertyValues("cacheness.caches.prices.soft-ttl=5m")
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(CachedMethodException.class)
                        .hasMessageContainingAll(
                                "contradiction()", "'ttl' is \"PT5M\"", "soft-ttl of the cache 'prices'"));
    }

    @Test
    void codecMayBeAProperty() {
        runner(new Object() {
                    @Cached(codec = "${my.codec}")
                    public String packed() {
                        return "";
                    }
                })
                .withPropertyValues("my.codec=lz4")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void negativeDurationStopsTheStart() {
        assertThatStart(new Object() {
                    @Cached(ttl = "-5m")
                    public String negative() {
                        return "";
                    }
                })
                .contains("negative()", "'ttl' is \"-5m\"", "no positive duration");
        assertThatStart(new Object() {
                    @Cached(ttl = "soon")
                    public String soon() {
                        return "";
                    }
                })
                .contains("soon()", "'ttl' is \"soon\"");
    }

    @Test
    void unknownPropertyStopsTheStart() {
        assertThatStart(new Object() {
                    @Cached(ttl = "${no.such.property}")
                    public String missing() {
                        return "";
                    }
                })
                .contains("missing()", "no.such.property");
    }

    @Test
    void badAttributeAndBadTagStopTheStart() {
        assertThatStart(new Object() {
                    @Cached(attributes = "nothing")
                    public String attribute() {
                        return "";
                    }
                })
                .contains("attribute()", "not of the form name=value");
        assertThatStart(new Object() {
                    @Cached(tags = "")
                    public String tag() {
                        return "";
                    }
                })
                .contains("tag()", "not allowed");
    }

    @Test
    void methodsThatCannotBeInterceptedStopTheStart() {
        assertThatStart(new Object() {
                    @Cached
                    private String hidden() {
                        return "";
                    }

                    @Override
                    public String toString() {
                        return hidden();
                    }
                })
                .contains("hidden()", "It is private");
        assertThatStart(new Object() {
                    @Cached
                    public final String last() {
                        return "";
                    }
                })
                .contains("last()", "It is final");
        assertThatStart(new WithStatic()).contains("fixed()", "It is static");
        assertThatStart(new Sealed()).contains("any()", "final class");
    }

    @Test
    void methodThatNoInterfaceHasStopsTheStartWhereProxiesHaveInterfacesOnly() {
        runner(new NotInInterface())
                .withPropertyValues("spring.aop.proxy-target-class=false")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContainingAll("more()", "none of them has this method"));
    }

    @Test
    void resultsThatCannotBeCachedStopTheStart() {
        assertThatStart(new Object() {
                    @Cached
                    public void nothing() {
                        // Nothing.
                    }
                })
                .contains("nothing()", "nothing to cache");
        assertThatStart(new Object() {
                    @Cached
                    public Stream<String> stream() {
                        return Stream.of();
                    }
                })
                .contains("stream()", "java.util.stream.Stream");
        assertThatStart(new Object() {
                    @Cached
                    public Future<String> future() {
                        throw new IllegalStateException();
                    }
                })
                .contains("future()", "java.util.concurrent.Future");
    }

    @Test
    void bulkMethodsNeedACollectionAndAMap() {
        assertThatStart(new Object() {
                    @Cached
                    public List<String> list(@CacheEach List<Integer> ids) {
                        return List.of();
                    }
                })
                .contains("list(java.util.List)", "java.util.Map");
        assertThatStart(new Object() {
                    @Cached
                    public Map<Integer, String> single(@CacheEach int id) {
                        return Map.of();
                    }
                })
                .contains("single(int)", "@CacheEach");
    }

    @Test
    void invalidationsSayWhatTheyRemove() {
        assertThatStart(new Object() {
                    @CacheInvalidate(key = "#id")
                    public void noCache(int id) {
                        // Nothing.
                    }
                })
                .contains("noCache(int)", "does not say what to remove");
        assertThatStart(new Object() {
                    @CacheInvalidate(cache = "a", key = "#id", tag = "b")
                    public void two(int id) {
                        // Nothing.
                    }
                })
                .contains("two(int)", "more than one");
    }

    @Test
    void classWithoutParameterNamesIsCachedByPosition() throws Exception {
        Class<?> compiled = WithoutParameterNames.compile(directory, "Nameless", """
            public class Nameless {
                private int calls;
                @dev.cacheness.boot.annotation.Cached
                public String name(String first, String second) { return first + second + ++calls; }
            }
            """);
        Object bean = compiled.getConstructor().newInstance();

        runner(bean).run(context -> {
            Object proxy = context.getBean("bean");
            var method = compiled.getMethod("name", String.class, String.class);
            assertThat(method.invoke(proxy, "a", "b")).isEqualTo("ab1");
            assertThat(method.invoke(proxy, "a", "b")).isEqualTo("ab1");
            assertThat(method.invoke(proxy, "b", "a")).isEqualTo("ba2");
        });
    }

    @Test
    void expressionNeedsParameterNamesAndSaysHowToGetThem() throws Exception {
        Class<?> compiled = WithoutParameterNames.compile(directory, "Nameless", """
            public class Nameless {
                @dev.cacheness.boot.annotation.Cached(key = "#first")
                public String name(String first) { return first; }
            }
            """);

        assertThatStart(compiled.getConstructor().newInstance())
                .contains("name(java.lang.String)", "-parameters", "#a0");
    }

    @Test
    void proxiesOfOthersGetTheAdvisorAfterThoseWithAnOrder() {
        ProxyFactory factory = new ProxyFactory(new Target());
        factory.setProxyTargetClass(true);
        var security = new DefaultPointcutAdvisor((org.aopalliance.intercept.MethodInterceptor) invocation -> {
            throw new SecurityException("not you");
        });
        security.setOrder(500);
        var transactions = new DefaultPointcutAdvisor(
                (org.aopalliance.intercept.MethodInterceptor) org.aopalliance.intercept.MethodInvocation::proceed);
        factory.addAdvisor(security);
        factory.addAdvisor(transactions);

        runner(factory.getProxy()).run(context -> {
            Advised proxy = (Advised) context.getBean("bean");

            assertThat(proxy.getAdvisors()).hasSize(3);
            assertThat(proxy.getAdvisors()[0]).isSameAs(security);
            assertThat(proxy.getAdvisors()[2]).isSameAs(transactions);
        });
    }

    private org.assertj.core.api.AbstractStringAssert<?> assertThatStart(Object bean) {
        String[] message = new String[1];
        runner(bean).run(context -> {
            assertThat(context).hasFailed();
            Throwable cause = context.getStartupFailure();
            while (cause != null && !(cause instanceof CachedMethodException)) {
                cause = cause.getCause();
            }
            assertThat(cause).isInstanceOf(CachedMethodException.class);
            message[0] = cause.getMessage();
        });
        return assertThat(message[0]);
    }

    @SuppressWarnings("unchecked")
    private ApplicationContextRunner runner(Object bean) {
        return new ApplicationContextRunner()
                .withClassLoader(bean.getClass().getClassLoader())
                .withConfiguration(AutoConfigurations.of(
                        CachenessAutoConfiguration.class, CachenessAnnotationAutoConfiguration.class))
                .withPropertyValues("cacheness.storage.dir=" + directory.resolve("cache"))
                .withBean("bean", (Class<Object>) bean.getClass(), (Supplier<Object>) () -> bean);
    }

    static class WithStatic {
        @Cached
        static String fixed() {
            return "";
        }
    }

    static final class Sealed {
        @Cached
        public String any() {
            return "";
        }
    }

    static class NotInInterface implements Runnable {

        @Override
        public void run() {
            // Nothing.
        }

        @Cached
        public String more() {
            return "";
        }
    }

    static class Target {
        @Cached
        public String value() {
            return "value";
        }
    }
}
