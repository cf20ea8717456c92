package dev.cacheness.boot.sql;

import dev.cacheness.sql.SqlCache;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.BeanFactory;

/** Puts caches in front of the {@link SqlCacheable} methods of some beans, outside of all else that is around them. */
public final class SqlCacheableProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

    private static final long serialVersionUID = 1;

    /** The names of the caches' beans, by the names of the beans that have such methods and of their caches. */
    private final transient Map<String, Map<String, String>> caches;

    private transient @Nullable BeanFactory beanFactory;

    /** @param caches names of caches' beans, by the name of the bean that has the method, and by the name of the cache */
    public SqlCacheableProcessor(Map<String, Map<String, String>> caches) {
        this.caches = caches;
        setBeforeExistingAdvisors(true);
        setProxyTargetClass(true);
        this.advisor = new DefaultPointcutAdvisor(
                AnnotationMatchingPointcut.forMethodAnnotation(SqlCacheable.class), new Interceptor());
    }

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        super.setBeanFactory(beanFactory);
        this.beanFactory = beanFactory;
    }

    @Override
    protected boolean isEligible(Object bean, String beanName) {
        return caches.containsKey(beanName) && super.isEligible(bean, beanName);
    }

    private SqlCache<?> cache(String name) {
        BeanFactory factory = beanFactory;
        if (factory == null) {
            throw new IllegalStateException("There is no bean factory yet");
        }
        return caches.values().stream()
                .map(byCache -> byCache.get(name))
                .filter(bean -> bean != null)
                .findFirst()
                .map(bean -> (SqlCache<?>) factory.getBean(bean, SqlCache.class))
                .orElseThrow(() -> new IllegalStateException("There is no SQL cache '" + name + "'"));
    }

    private final class Interceptor implements MethodInterceptor {

        private final Map<Method, SqlCacheableMethod> methods = new ConcurrentHashMap<>();

        @Override
        public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
            Object target = invocation.getThis();
            if (target == null) {
                return invocation.proceed();
            }
            Class<?> type = AopUtils.getTargetClass(target);
            SqlCacheableMethod method = methods.computeIfAbsent(
                    AopUtils.getMostSpecificMethod(invocation.getMethod(), type),
                    specific -> SqlCacheableMethod.of(type, specific));
            if (SqlCacheableSource.isCalling(method)) {
                return invocation.proceed();
            }
            return method.answer(cache(method.cache()), invocation.getArguments());
        }
    }
}
