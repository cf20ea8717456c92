package dev.cacheness;

import org.jspecify.annotations.Nullable;

/** A setting makes no sense, so the cache does not open. */
public class CacheConfigurationException extends CacheException {

    private static final long serialVersionUID = 1L;

    private final String property;

    private final @Nullable String value;

    private final String problem;

    private final String action;

    /**
     * @param property the setting's name, as the configuration property has it: {@code cacheness.storage.max-size}
     * @param value what it was set to, null if it is missing or secret
     * @param problem what is wrong, a whole sentence
     * @param action what to do, a whole sentence
     */
    public CacheConfigurationException(String property, @Nullable String value, String problem, String action) {
        this(property, value, problem, action, null);
    }

    /** As the other constructor, with what was caught. */
    public CacheConfigurationException(
            String property, @Nullable String value, String problem, String action, @Nullable Throwable cause) {
        super(property + (value == null ? "" : "=" + value) + ": " + problem + " " + action, cause);
        this.property = property;
        this.value = value;
        this.problem = problem;
        this.action = action;
    }

    /** The setting's name. */
    public String property() {
        return property;
    }

    /** What it was set to, null if it is missing or secret. */
    public @Nullable String value() {
        return value;
    }

    /** What is wrong, a whole sentence. */
    public String problem() {
        return problem;
    }

    /** What to do, a whole sentence. */
    public String action() {
        return action;
    }
}
