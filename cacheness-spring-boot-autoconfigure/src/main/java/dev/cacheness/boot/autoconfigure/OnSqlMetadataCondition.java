package dev.cacheness.boot.autoconfigure;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if the index is in a database that can be asked by SQL. */
final class OnSqlMetadataCondition extends SpringBootCondition {

    private static final String PROPERTY = "cacheness.metadata.backend";

    private static final List<String> BACKENDS = List.of("sqlite", MetadataDatabase.POSTGRESQL);

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        String backend = context.getEnvironment().getProperty(PROPERTY, BACKENDS.get(0));
        ConditionMessage.Builder message = ConditionMessage.forCondition("Cacheness repository");
        return BACKENDS.contains(backend)
                ? ConditionOutcome.match(message.because(PROPERTY + " is " + backend))
                : ConditionOutcome.noMatch(message.because(PROPERTY + " is none of " + BACKENDS));
    }
}
