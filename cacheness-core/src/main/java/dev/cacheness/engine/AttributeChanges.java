package dev.cacheness.engine;

import dev.cacheness.PutOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes to attributes, checked by the rules that hold for attributes of a put. */
final class AttributeChanges {

    private AttributeChanges() {}

    static Map<String, @Nullable Object> check(Map<String, ? extends @Nullable Object> changes) {
        var checked = new LinkedHashMap<String, @Nullable Object>();
        changes.forEach((name, value) -> {
            if (value == null) {
                new PutOption.Attributes(Map.of(name, true));
                checked.put(name, null);
            } else {
                checked.putAll(new PutOption.Attributes(Map.of(name, value)).attributes());
            }
        });
        return checked;
    }
}
