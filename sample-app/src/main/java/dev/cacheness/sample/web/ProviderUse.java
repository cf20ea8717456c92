package dev.cacheness.sample.web;

import jakarta.servlet.http.HttpServletResponse;

/**
 * Whether the provider had to be asked to answer one request. Belongs to that request; what loads a value reports here. A request that waited for the
 * load of another one did not ask the provider.
 */
public final class ProviderUse {

    private volatile boolean asked;

    /** The provider is asked. */
    public void report() {
        asked = true;
    }

    /** Says it in the response: {@code HIT} if the answer came from the cache, {@code MISS} if it had to be made. */
    public void writeTo(HttpServletResponse response) {
        response.setHeader(XCacheFilter.HEADER, asked ? XCacheFilter.MISS : XCacheFilter.HIT);
    }
}
