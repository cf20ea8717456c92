package dev.cacheness.boot.autoconfigure;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/** Matches if somebody said where artifacts are to be kept. */
final class OnBlobStoreCondition extends AnyNestedCondition {

    OnBlobStoreCondition() {
        super(ConfigurationPhase.PARSE_CONFIGURATION);
    }

    @ConditionalOnProperty("cacheness.blob-store.dir")
    static class Directory {}

    @ConditionalOnProperty("cacheness.blob-store.blob.backend")
    static class Backend {}
}
