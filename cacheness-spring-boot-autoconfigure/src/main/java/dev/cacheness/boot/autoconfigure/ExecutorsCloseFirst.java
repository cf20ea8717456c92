package dev.cacheness.boot.autoconfigure;

import java.util.Set;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Has executors destroyed before the cache. An executor that waits for its tasks does so in its own destruction; without this the tasks might find
 * the cache closed.
 */
final class ExecutorsCloseFirst {

    private ExecutorsCloseFirst() {}

    static void register(ConfigurableListableBeanFactory beanFactory, String cacheBeanName) {
        Set<String> needed = Set.of(beanFactory.getDependenciesForBean(cacheBeanName));
        for (String executor : beanFactory.getBeanNamesForType(Executor.class, true, false)) {
            if (!needed.contains(executor)) {
                beanFactory.registerDependentBean(cacheBeanName, executor);
            }
        }
    }
}
