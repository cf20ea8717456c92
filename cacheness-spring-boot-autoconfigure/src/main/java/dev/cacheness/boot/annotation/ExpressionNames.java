package dev.cacheness.boot.annotation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.expression.Expression;
import org.springframework.expression.common.CompositeStringExpression;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.InlineMap;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.Projection;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Selection;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;

/** The names that an expression asks its context for. */
final class ExpressionNames {

    private ExpressionNames() {}

    /** Variables, without their {@code #}. */
    static List<String> variables(Expression expression) {
        List<String> found = new ArrayList<>();
        each(expression, node -> collectVariables(node, found));
        return found;
    }

    /** Properties of the root object, as far as it is certain that they are. */
    static List<String> rootProperties(Expression expression) {
        List<String> found = new ArrayList<>();
        each(expression, node -> collectRootProperties(node, found));
        return found;
    }

    private static void each(Expression expression, Consumer<SpelNode> consumer) {
        if (expression instanceof CompositeStringExpression composite) {
            for (Expression part : composite.getExpressions()) {
                each(part, consumer);
            }
        } else if (expression instanceof SpelExpression spel) {
            consumer.accept(spel.getAST());
        }
    }

    private static void collectVariables(SpelNode node, List<String> found) {
        if (node instanceof VariableReference) {
            found.add(node.toStringAST().substring(1));
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            collectVariables(node.getChild(i), found);
        }
    }

    /** What follows a dot, or is within a selection, is asked of something else; the keys of a map are texts. */
    private static void collectRootProperties(SpelNode node, List<String> found) {
        if (node instanceof PropertyOrFieldReference property) {
            found.add(property.getName());
            return;
        }
        if (node instanceof CompoundExpression) {
            collectRootProperties(node.getChild(0), found);
            return;
        }
        if (node instanceof Selection
                || node instanceof Projection
                || node instanceof MethodReference
                || node instanceof InlineMap) {
            return;
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            collectRootProperties(node.getChild(i), found);
        }
    }
}
