package dev.cacheness.boot.actuate;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/** Answers with "not found" over HTTP where there was nothing to remove. */
@EndpointWebExtension(endpoint = CachenessEndpoint.class)
public final class CachenessEndpointWebExtension {

    private final CachenessEndpoint endpoint;

    public CachenessEndpointWebExtension(CachenessEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** See {@link CachenessEndpoint#removeEntry}. */
    @DeleteOperation
    public WebEndpointResponse<Removed> removeEntry(@Selector String digest) {
        Removed removed = endpoint.removeEntry(digest);
        int status = removed.removed() == 0 ? WebEndpointResponse.STATUS_NOT_FOUND : WebEndpointResponse.STATUS_OK;
        return new WebEndpointResponse<>(removed, status);
    }
}
