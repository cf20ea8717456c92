package dev.cacheness.boot.autoconfigure;

import dev.cacheness.Cacheness;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;

/** Matches if there is a cache, ours or the application's, and all of this is not switched off. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnBooleanProperty(name = "cacheness.enabled", matchIfMissing = true)
@ConditionalOnBean(Cacheness.class)
@interface ConditionalOnCacheness {}
