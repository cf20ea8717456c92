package dev.cacheness.boot.annotation;

import dev.cacheness.PutOption;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.expression.Expression;

/** Turns annotations of methods into what they mean, and refuses those that mean nothing. */
final class AnnotationReader {

    private static final String NEVER = "never";

    private static final Set<Class<?>> COLLECTIONS = Set.of(Collection.class, List.class, Set.class, Iterable.class);

    private final ParameterNameDiscoverer nameDiscoverer = new DefaultParameterNameDiscoverer();

    private final @Nullable ConfigurableBeanFactory beanFactory;

    AnnotationReader(@Nullable ConfigurableBeanFactory beanFactory) {
        this.beanFactory = beanFactory;
    }

    /** @throws CachedMethodException if an annotation makes no sense */
    CachedMethod read(Method method, Class<?> beanClass) {
        Cached cached = AnnotatedElementUtils.findMergedAnnotation(method, Cached.class);
        Set<CacheInvalidate> invalidations = AnnotatedElementUtils.findMergedRepeatableAnnotations(
                method, CacheInvalidate.class, CacheInvalidate.Several.class);
        if (cached == null && invalidations.isEmpty()) {
            return CachedMethod.NONE;
        }
        String[] names = nameDiscoverer.getParameterNames(method);
        MethodExpressions expressions = new MethodExpressions(method, names, beanFactory);
        List<InvalidateOperation> operations = new ArrayList<>();
        for (CacheInvalidate each : invalidations) {
            operations.add(invalidation(method, each, expressions));
        }
        return new CachedMethod(
                cached == null ? null : cached(method, beanClass, cached, names, expressions), List.copyOf(operations));
    }

    private static CachedOperation cached(
            Method method,
            Class<?> beanClass,
            Cached annotation,
            String @Nullable [] names,
            MethodExpressions expressions) {
        int each = each(method);
        ResultKind kind = ResultKind.of(method, each >= 0);
        String cache = expressions.resolved("cache", annotation.cache());
        CacheIf cacheIf = AnnotatedElementUtils.findMergedAnnotation(method, CacheIf.class);
        return new CachedOperation(
                method,
                expressions,
                cache.isEmpty() ? MethodNames.cacheOf(beanClass, method) : checkedCache(method, cache),
                MethodNames.of(beanClass, method),
                names != null ? names : positions(method),
                kind,
                kind.valueType(method, beanClass),
                expressions.expression("key", annotation.key(), false),
                expressions.expression("condition", annotation.condition(), false),
                expressions.expression("unless", annotation.unless(), true),
                cacheIf == null ? null : expressions.expression("value", cacheIf.value(), true),
                facts(method, annotation, expressions),
                annotation.ignoreErrors(),
                each);
    }

    private static String checkedCache(Method method, String cache) {
        if (cache.length() > 255 || cache.chars().anyMatch(Character::isISOControl)) {
            throw new CachedMethodException(
                    method,
                    "'cache' has " + cache.length() + " characters, or control characters.",
                    "At most 255 are allowed, none of them a control character.",
                    null);
        }
        return cache;
    }

    private static StoredFacts facts(Method method, Cached annotation, MethodExpressions expressions) {
        List<StoredFacts.Attribute> attributes = new ArrayList<>();
        for (String text : annotation.attributes()) {
            attributes.add(StoredFacts.Attribute.of(expressions, "attributes", text, false));
        }
        List<Expression> tags = new ArrayList<>();
        for (String text : annotation.tags()) {
            tags.add(expressions.template("tags", expressions.resolved("tags", text), false));
        }
        String codec = expressions.resolved("codec", annotation.codec()).strip();
        String description = expressions.resolved("description", annotation.description());
        try {
            return StoredFacts.of(
                    life(annotation, expressions),
                    codec.isEmpty() ? null : PutOption.codec(codec),
                    attributes,
                    tags,
                    description.isEmpty() ? null : expressions.template("description", description, false));
        } catch (IllegalArgumentException ex) {
            throw new CachedMethodException(
                    method,
                    "What is to be stored with the result is not allowed: " + ex.getMessage() + ".",
                    "Correct the annotation.",
                    ex);
        }
    }

    private static @Nullable PutOption life(Cached annotation, MethodExpressions expressions) {
        String ttl = expressions.resolved("ttl", annotation.ttl()).strip();
        if (ttl.isEmpty()) {
            return null;
        }
        if (ttl.equalsIgnoreCase(NEVER)) {
            return PutOption.noExpiry();
        }
        try {
            Duration life = DurationStyle.detectAndParse(ttl, ChronoUnit.HOURS);
            return PutOption.ttl(life);
        } catch (IllegalArgumentException | ArithmeticException ex) {
            throw expressions.problem(
                    "ttl", ttl, "is no positive duration such as 10m, 24h or PT1H30M, and not 'never'", ex);
        }
    }

    private static InvalidateOperation invalidation(
            Method method, CacheInvalidate annotation, MethodExpressions expressions) {
        String cache = expressions.resolved("cache", annotation.cache());
        boolean after = !annotation.beforeInvocation();
        Expression key = expressions.expression("key", annotation.key(), after);
        int ways = (key != null ? 1 : 0)
                + (annotation.tag().isEmpty() ? 0 : 1)
                + (annotation.attribute().isEmpty() ? 0 : 1);
        if (ways > 1) {
            throw new CachedMethodException(
                    method,
                    "@CacheInvalidate has more than one of 'key', 'tag' and 'attribute'.",
                    "Use one annotation for each.",
                    null);
        }
        if (cache.isEmpty() && (key != null || ways == 0)) {
            throw new CachedMethodException(
                    method,
                    "@CacheInvalidate does not say what to remove.",
                    "Name the 'cache'; only with a 'tag' or an 'attribute' it may be left out.",
                    null);
        }
        return new InvalidateOperation(
                expressions,
                cache.isEmpty() ? null : checkedCache(method, cache),
                key,
                annotation.tag().isEmpty()
                        ? null
                        : expressions.template("tag", expressions.resolved("tag", annotation.tag()), after),
                annotation.attribute().isEmpty()
                        ? null
                        : StoredFacts.Attribute.of(expressions, "attribute", annotation.attribute(), after),
                expressions.expression("condition", annotation.condition(), after),
                annotation.beforeInvocation());
    }

    private static int each(Method method) {
        int found = -1;
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (!parameters[i].isAnnotationPresent(CacheEach.class)) {
                continue;
            }
            if (found >= 0 || !COLLECTIONS.contains(parameters[i].getType())) {
                throw new CachedMethodException(
                        method,
                        "@CacheEach is on a " + parameters[i].getType().getTypeName()
                                + ", or on more than one parameter.",
                        "It may be on one Collection, List, Set or Iterable.",
                        null);
            }
            found = i;
        }
        return found;
    }

    /** What arguments are called in keys if the class was compiled without the names of parameters. */
    private static String[] positions(Method method) {
        String[] positions = new String[method.getParameterCount()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = "a" + i;
        }
        return positions;
    }
}
