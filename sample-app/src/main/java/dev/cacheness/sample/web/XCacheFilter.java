package dev.cacheness.sample.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Puts the header {@code X-Cache} on every answer of the API. It is {@code MISS}, for errors and evictions, too, unless an answer came from the cache. */
@Component
class XCacheFilter extends OncePerRequestFilter {

    static final String HEADER = "X-Cache";
    static final String HIT = "HIT";
    static final String MISS = "MISS";

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith(request.getContextPath() + "/api/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader(HEADER, MISS);
        chain.doFilter(request, response);
    }
}
