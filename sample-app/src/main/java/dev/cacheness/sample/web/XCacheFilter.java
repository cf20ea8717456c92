package dev.cacheness.sample.web;

import dev.cacheness.sample.source.ProviderSwitch;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts the header {@code X-Cache} on every answer that the provider may have to be asked for. It is {@code MISS}, for errors and evictions, too, unless an
 * answer came from the cache; then it is {@code HIT}, or {@code STALE} while the provider is down.
 */
@Component
class XCacheFilter extends OncePerRequestFilter {

    static final String HEADER = "X-Cache";
    static final String HIT = "HIT";
    static final String MISS = "MISS";
    static final String STALE = "STALE";

    private static final List<String> FROM_THE_PROVIDER = List.of("/api/prices", "/api/airports", "/api/earthquakes");

    private final ProviderSwitch provider;

    XCacheFilter(ProviderSwitch provider) {
        this.provider = provider;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return FROM_THE_PROVIDER.stream().noneMatch(path::startsWith);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader(HEADER, MISS);
        chain.doFilter(request, provider.isDown() ? new Unconfirmed(response) : response);
    }

    /** What comes from the cache while the provider is down, nobody can confirm. */
    private static final class Unconfirmed extends HttpServletResponseWrapper {

        Unconfirmed(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void setHeader(String name, String value) {
            super.setHeader(name, name.equals(HEADER) && value.equals(HIT) ? STALE : value);
        }
    }
}
