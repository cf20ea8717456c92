package dev.cacheness.boot.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if the application did not ask for a kind of cache by {@code spring.cache.type}. */
final class OnNoCacheTypeCondition extends SpringBootCondition {

    private static final String PROPERTY = "spring.cache.type";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        String type = context.getEnvironment().getProperty(PROPERTY);
        ConditionMessage.Builder message = ConditionMessage.forCondition("Cacheness cache manager");
        return type == null || type.isBlank()
                ? ConditionOutcome.match(message.because(PROPERTY + " is not set"))
                : ConditionOutcome.noMatch(message.because(PROPERTY + " is " + type));
    }
}
