package dev.cacheness.internal.key;

/**
 * What may be part of a key.
 *
 * @param maxDepth how many containers may lie in each other in one parameter, 1 to {@link #MAX_DEPTH}; deeper ones are refused
 * @param introspectObjects whether an object of a class that is not known counts by its fields, instead of being refused
 * @param hashPathContent whether a path counts by what lies there, instead of by its name
 */
public record KeySettings(int maxDepth, boolean introspectObjects, boolean hashPathContent) {

    /** The deepest nesting that can be asked for; it keeps clear of the end of a thread's stack. */
    public static final int MAX_DEPTH = 500;

    public KeySettings {
        if (maxDepth < 1 || maxDepth > MAX_DEPTH) {
            throw new IllegalArgumentException("maxDepth must be 1 to " + MAX_DEPTH + ", but is " + maxDepth);
        }
    }
}
