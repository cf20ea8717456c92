package dev.cacheness.boot.autoconfigure;

import dev.cacheness.boot.annotation.CachedMethodException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains an annotation that makes no sense. */
final class CachedMethodFailureAnalyzer extends AbstractFailureAnalyzer<CachedMethodException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CachedMethodException cause) {
        return new FailureAnalysis(
                "A method cannot be cached. " + cause.problem() + "%n%n    Method: ".formatted() + cause.method(),
                cause.action(),
                cause);
    }
}
