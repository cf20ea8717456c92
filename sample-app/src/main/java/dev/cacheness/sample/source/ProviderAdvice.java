package dev.cacheness.sample.source;

import dev.cacheness.sql.SqlCacheFetchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Says of an SQL cache whose source failed what {@link ProviderDownException} says of all others. Asked before Spring Boot's, which knows only the cause. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProviderAdvice {

    @ExceptionHandler(SqlCacheFetchException.class)
    ProblemDetail failed() {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE, "The provider is down, and there is no answer in the cache");
    }
}
