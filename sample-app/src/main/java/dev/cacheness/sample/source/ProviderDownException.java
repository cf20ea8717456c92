package dev.cacheness.sample.source;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** The provider does not answer. */
public final class ProviderDownException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    ProviderDownException() {
        super(HttpStatus.SERVICE_UNAVAILABLE);
        setDetail("The provider is down, and there is no answer in the cache");
    }
}
