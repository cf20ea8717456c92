package dev.cacheness.boot.cache;

/** Tells threads that must not wait for a disk, such as those that serve the network, without needing Reactor to be there. Thread-safe. */
public final class NonBlockingThreads {

    private static final String MARKER = "reactor.core.scheduler.NonBlocking";

    private static final ClassValue<Boolean> MARKED = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return isMarked(type);
        }
    };

    private NonBlockingThreads() {}

    /** Whether the calling thread is one of them. */
    public static boolean isCurrent() {
        return MARKED.get(Thread.currentThread().getClass());
    }

    private static boolean isMarked(Class<?> type) {
        if (type.getName().equals(MARKER)) {
            return true;
        }
        for (Class<?> parent : type.getInterfaces()) {
            if (isMarked(parent)) {
                return true;
            }
        }
        Class<?> parent = type.getSuperclass();
        return parent != null && isMarked(parent);
    }
}
