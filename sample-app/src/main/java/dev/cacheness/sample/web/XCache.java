package dev.cacheness.sample.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the header {@code X-Cache} on every answer of the API. It is {@code MISS}, for errors and evictions, too, unless an answer came from the cache. */
@Component
class XCache implements HandlerInterceptor, WebMvcConfigurer {

    static final String HEADER = "X-Cache";
    static final String HIT = "HIT";
    static final String MISS = "MISS";

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        response.setHeader(HEADER, MISS);
        return true;
    }
}
