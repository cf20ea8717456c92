package dev.cacheness.boot.autoconfigure;

import dev.cacheness.Cacheness;
import dev.cacheness.boot.annotation.CachedCalls;
import dev.cacheness.boot.annotation.CachedMethodPostProcessor;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Cached methods by annotation. Beans that have no such annotation are left alone, and no auto-proxy creator is registered: that would be there for all of the
 * application's advisors.
 */
@AutoConfiguration(
        after = CachenessAutoConfiguration.class,
        afterName = "org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration")
@ConditionalOnBooleanProperty(name = "cacheness.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "cacheness.annotations.enabled", matchIfMissing = true)
@ConditionalOnSingleCandidate(Cacheness.class)
public final class CachenessAnnotationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CachedCalls cachenessCachedCalls(
            Cacheness cacheness, @Qualifier("applicationTaskExecutor") ObjectProvider<Executor> executor) {
        return new CachedCalls(
                cacheness,
                task -> executor.getIfAvailable(ForkJoinPool::commonPool).execute(task));
    }

    /** Takes the cache only when the first annotated method is called: it must not be made before all post-processors are. */
    @Bean
    static CachedMethodPostProcessor cachenessCachedMethodPostProcessor(
            Environment environment, ObjectProvider<CachedCalls> calls) {
        CachedMethodPostProcessor postProcessor = new CachedMethodPostProcessor(calls::getIfAvailable);
        postProcessor.setProxyTargetClass(
                environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true));
        return postProcessor;
    }
}
