package dev.cacheness.boot.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.OrderUtils;

/**
 * Lets the annotations of this package work on beans that have them, and leaves all others as they are: it needs no auto-proxy creator and brings none. A bean
 * that is a proxy already gets one advisor more, after those that have an order, such as security's, and before those that have none, such as those of
 * transactions and of Spring's own caching. A hit therefore begins no transaction, and answers nobody who must not ask.
 */
public final class CachedMethodPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor
        implements SmartInitializingSingleton {

    private static final long serialVersionUID = 1L;

    private static final int ORDER = Ordered.LOWEST_PRECEDENCE - 1;

    private final transient Supplier<@Nullable CachedCalls> calls;

    private final transient Set<String> earlyBeans = ConcurrentHashMap.newKeySet();

    private transient @Nullable CachedMethods methods;

    /** @param calls asked at the first call of an annotated method; if it gives null, methods are called as if they had no annotation */
    public CachedMethodPostProcessor(Supplier<@Nullable CachedCalls> calls) {
        this.calls = calls;
        // Before that of @Async, so that what is done asynchronously includes looking into the cache.
        setOrder(ORDER);
    }

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        super.setBeanFactory(beanFactory);
        CachedMethods made =
                new CachedMethods(beanFactory instanceof ConfigurableBeanFactory configurable ? configurable : null);
        var advising = new DefaultPointcutAdvisor(new Annotated(made), new CachedMethodInterceptor(made, calls));
        advising.setOrder(ORDER);
        this.methods = made;
        this.advisor = advising;
    }

    /** Now there is a cache, which knows what it can do. */
    @Override
    public void afterSingletonsInstantiated() {
        CachedMethods known = methods;
        if (known != null && known.hasAny()) {
            CachedCalls made = calls.get();
            if (made != null) {
                made.policies().ifPresent(policies -> known.check(new LateChecks(policies)::check));
            }
        }
    }

    @Override
    protected boolean isEligible(Class<?> targetClass) {
        return methods != null && methods.isCandidate(targetClass);
    }

    /** Beans that refer to each other get the proxy, not what is behind it. */
    @Override
    public Object getEarlyBeanReference(Object bean, String beanName) {
        if (bean instanceof FactoryBean) {
            return bean;
        }
        Object exposed = advise(bean, beanName);
        if (exposed != bean || bean instanceof Advised) {
            earlyBeans.add(beanName);
        }
        return exposed;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return earlyBeans.remove(beanName) ? bean : advise(bean, beanName);
    }

    private Object advise(Object bean, String beanName) {
        Advisor own = this.advisor;
        if (own == null || bean instanceof AopInfrastructureBean) {
            return bean;
        }
        if (bean instanceof Advised advised && !advised.isFrozen() && isEligible(AopUtils.getTargetClass(bean))) {
            checkAnnotations(AopUtils.getTargetClass(bean));
            advised.addAdvisor(position(advised), own);
            checkReachable(bean);
            return bean;
        }
        if (!isEligible(bean, beanName)) {
            return bean;
        }
        checkAnnotations(bean.getClass());
        checkExtensible(bean);
        Object proxy = super.postProcessAfterInitialization(bean, beanName);
        checkReachable(proxy);
        return proxy;
    }

    private static int position(Advised advised) {
        Advisor[] advisors = advised.getAdvisors();
        for (int i = 0; i < advisors.length; i++) {
            if (orderOf(advisors[i]) > ORDER) {
                return i;
            }
        }
        return advisors.length;
    }

    private static int orderOf(Advisor advisor) {
        return advisor instanceof Ordered ordered
                ? ordered.getOrder()
                : OrderUtils.getOrder(advisor.getAdvice().getClass(), Ordered.LOWEST_PRECEDENCE);
    }

    private void checkExtensible(Object bean) {
        Class<?> type = bean.getClass();
        if (Modifier.isFinal(type.getModifiers()) && isProxyTargetClass() && !Proxy.isProxyClass(type)) {
            CachedMethods.forEachAnnotated(type, method -> {
                throw new CachedMethodException(
                        method,
                        "The bean is of the final class " + type.getName() + ", which no proxy can extend.",
                        "Make the class non-final, or set spring.aop.proxy-target-class=false and call it through an"
                                + " interface.",
                        null);
            });
        }
    }

    /** What is wrong with an annotation is said now, not at the first call. */
    private void checkAnnotations(Class<?> beanClass) {
        CachedMethods known = methods;
        if (known != null) {
            CachedMethods.forEachAnnotated(beanClass, method -> known.of(method, beanClass));
        }
    }

    private static void checkReachable(Object proxy) {
        boolean extended = AopUtils.isCglibProxy(proxy);
        CachedMethods.forEachAnnotated(
                AopUtils.getTargetClass(proxy), method -> checkReachable(method, proxy, extended));
    }

    private static void checkReachable(Method method, Object proxy, boolean extended) {
        int modifiers = method.getModifiers();
        boolean hidden = Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers);
        if (hidden || (extended && Modifier.isFinal(modifiers))) {
            throw new CachedMethodException(
                    method,
                    "It is "
                            + (Modifier.isPrivate(modifiers)
                                    ? "private"
                                    : Modifier.isStatic(modifiers) ? "static" : "final")
                            + ", so calls of it cannot be intercepted and the annotation would do nothing.",
                    "Make it an ordinary method that is called through the bean, or use CachedCalls.",
                    null);
        }
        if (!extended && AopUtils.isJdkDynamicProxy(proxy) && !isInInterface(method, proxy.getClass())) {
            throw new CachedMethodException(
                    method,
                    "The bean is called through its interfaces, and none of them has this method, so the annotation"
                            + " would do nothing.",
                    "Add it to an interface, or set spring.aop.proxy-target-class=true.",
                    null);
        }
    }

    private static boolean isInInterface(Method method, Class<?> proxyClass) {
        for (Class<?> each : proxyClass.getInterfaces()) {
            for (Method candidate : each.getMethods()) {
                if (candidate.getName().equals(method.getName())
                        && candidate.getParameterCount() == method.getParameterCount()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static final class Annotated extends StaticMethodMatcherPointcut {

        private final CachedMethods methods;

        Annotated(CachedMethods methods) {
            this.methods = methods;
            setClassFilter(methods::isCandidate);
        }

        @Override
        public boolean matches(Method method, Class<?> targetClass) {
            return !methods.of(method, targetClass).isNone();
        }
    }
}
