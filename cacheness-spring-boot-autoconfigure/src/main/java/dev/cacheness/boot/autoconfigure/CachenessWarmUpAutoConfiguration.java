package dev.cacheness.boot.autoconfigure;

import dev.cacheness.Cacheness;
import java.nio.file.Path;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Fills the cache from {@code cacheness.warm-up.bundle}. */
@AutoConfiguration(after = CachenessAutoConfiguration.class)
@ConditionalOnCacheness
@Conditional(CachenessWarmUpAutoConfiguration.OnBundleCondition.class)
@EnableConfigurationProperties(WarmUpProperties.class)
public final class CachenessWarmUpAutoConfiguration {

    @Bean
    WarmUp cachenessWarmUp(Cacheness cacheness, WarmUpProperties properties) {
        Path bundle = Objects.requireNonNull(properties.bundle());
        return new WarmUp(cacheness, bundle);
    }

    /** Matches if a bundle is named, by a value of any type. */
    static final class OnBundleCondition extends SpringBootCondition {

        private static final String BUNDLE = "cacheness.warm-up.bundle";

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            Object value = context.getEnvironment().getProperty(BUNDLE, Object.class);
            boolean named = value != null && !value.toString().isBlank();
            return new ConditionOutcome(
                    named,
                    ConditionMessage.forCondition("Bundle").because(BUNDLE + (named ? " is set" : " is not set")));
        }
    }
}
