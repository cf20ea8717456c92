package dev.cacheness.boot.annotation;

import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.expression.BeanResolver;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.ParserContext;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/** The expressions and texts in the annotations of one method: parses and checks them, and gives them what they may ask for. Immutable. */
final class MethodExpressions {

    static final String RESULT = "result";

    private static final SpelExpressionParser PARSER = new SpelExpressionParser();

    private static final Set<String> ALWAYS_KNOWN = Set.of("root", "this");

    /** Those of {@link CallRoot}. */
    private static final List<String> ROOT_PROPERTIES =
            List.of("target", "targetClass", "method", "methodName", "args");

    private final Method method;

    private final String @Nullable [] names;

    private final @Nullable ConfigurableBeanFactory beanFactory;

    private final @Nullable BeanResolver beans;

    /** @param names the names of the parameters, null if the class was compiled without them */
    MethodExpressions(Method method, String @Nullable [] names, @Nullable ConfigurableBeanFactory beanFactory) {
        this.method = method;
        this.names = names;
        this.beanFactory = beanFactory;
        this.beans = beanFactory == null ? null : new BeanFactoryResolver(beanFactory);
    }

    /** An expression that must be one as a whole; null if the text is empty. */
    @Nullable
    Expression expression(String attribute, String text, boolean withResult) {
        String resolved = resolved(attribute, text);
        return resolved.isBlank() ? null : parse(attribute, resolved, null, withResult);
    }

    /** A text that may have expressions in it. */
    Expression template(String attribute, String text, boolean withResult) {
        return parse(attribute, text, ParserContext.TEMPLATE_EXPRESSION, withResult);
    }

    /** The text with properties in place of placeholders. */
    String resolved(String attribute, String text) {
        if (!text.contains("${") || beanFactory == null) {
            return text;
        }
        try {
            String resolved = beanFactory.resolveEmbeddedValue(text);
            if (resolved != null && !resolved.contains("${")) {
                return resolved;
            }
            throw problem(attribute, text, "names a property that is not there", null);
        } catch (IllegalArgumentException ex) {
            throw problem(attribute, text, "names a property that is not there: " + ex.getMessage(), ex);
        }
    }

    StandardEvaluationContext context(Object target, @Nullable Object[] arguments) {
        var context = new StandardEvaluationContext(new CallRoot(target, method, arguments));
        if (beans != null) {
            context.setBeanResolver(beans);
        }
        for (int i = 0; i < arguments.length; i++) {
            context.setVariable("a" + i, arguments[i]);
            context.setVariable("p" + i, arguments[i]);
            if (names != null) {
                context.setVariable(names[i], arguments[i]);
            }
        }
        return context;
    }

    CachedMethodException problem(String attribute, String text, String problem, @Nullable Throwable cause) {
        return new CachedMethodException(
                method,
                "'" + attribute + "' is \"" + text + "\", which " + problem + ".",
                "Correct the annotation.",
                cause);
    }

    private Expression parse(String attribute, String text, @Nullable ParserContext context, boolean withResult) {
        Expression expression;
        try {
            expression = context == null ? PARSER.parseExpression(text) : PARSER.parseExpression(text, context);
        } catch (ParseException | IllegalStateException ex) {
            throw problem(attribute, text, "is no expression: " + ex.getMessage(), ex);
        }
        for (String variable : ExpressionNames.variables(expression)) {
            check(attribute, text, variable, withResult);
        }
        for (String property : ExpressionNames.rootProperties(expression)) {
            if (!ROOT_PROPERTIES.contains(property)) {
                throw problem(
                        attribute,
                        text,
                        "asks the call for '" + property + "', but it has only " + ROOT_PROPERTIES
                                + "; a parameter is named with a #, as in #" + property,
                        null);
            }
        }
        return expression;
    }

    private void check(String attribute, String text, String variable, boolean withResult) {
        Set<String> known = known(withResult);
        if (known.contains(variable) || ALWAYS_KNOWN.contains(variable)) {
            return;
        }
        if (names == null && !variable.equals(RESULT)) {
            throw new CachedMethodException(
                    method,
                    "'" + attribute + "' names #" + variable
                            + ", but the class was compiled without the names of parameters.",
                    "Compile it with the option -parameters, or say #a0 for the first parameter.",
                    null);
        }
        throw new CachedMethodException(
                method,
                "'" + attribute + "' is \"" + text + "\", but there is no #" + variable + ".",
                "Known are " + known + ".",
                null);
    }

    private Set<String> known(boolean withResult) {
        Set<String> known = new LinkedHashSet<>();
        for (int i = 0; i < method.getParameterCount(); i++) {
            if (names != null) {
                known.add(names[i]);
            }
        }
        for (int i = 0; i < method.getParameterCount(); i++) {
            known.add("a" + i);
            known.add("p" + i);
        }
        if (withResult) {
            known.add(RESULT);
        }
        return known;
    }
}
