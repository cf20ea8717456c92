package dev.cacheness.boot.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if somebody said where artifacts are to be kept. The value may be of any type; tests like to give a path. */
final class OnBlobStoreCondition extends SpringBootCondition {

    private static final String DIRECTORY = "cacheness.blob-store.dir";

    private static final String BACKEND = "cacheness.blob-store.blob.backend";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        var message = ConditionMessage.forCondition("BlobStore");
        for (String property : new String[] {DIRECTORY, BACKEND}) {
            Object value = context.getEnvironment().getProperty(property, Object.class);
            if (value != null && !value.toString().isBlank()) {
                return ConditionOutcome.match(message.found("property").items(property));
            }
        }
        return ConditionOutcome.noMatch(
                message.didNotFind("property", "properties").items(DIRECTORY, BACKEND));
    }
}
