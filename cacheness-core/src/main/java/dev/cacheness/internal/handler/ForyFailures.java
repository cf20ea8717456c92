package dev.cacheness.internal.handler;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.MissReason;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.fory.exception.ClassNotCompatibleException;
import org.apache.fory.exception.InsecureException;
import org.jspecify.annotations.Nullable;

/** Says what went wrong inside the serializer, in words for users of the cache. */
final class ForyFailures {

    /** The messages of the serializer are the only place where it names the class at fault. */
    private static final Pattern CLASS_AT_FAULT = Pattern.compile(
            "(?:[Cc]lass )?(\\S+) (?:is not registered|hit disallowed list|doesn't support serialization|is forbidden)");

    /** How it says that a stored field is of a type from which there is no way to the present one. */
    private static final String NOT_CONVERTIBLE = "Cannot convert compatible field";

    private ForyFailures() {}

    static CacheSerializationException ofWriting(Object value, Throwable failure, TypePolicy policy) {
        String root = value.getClass().getName();
        if (has(failure, StackOverflowError.class)) {
            return new CacheSerializationException(
                    "The value of " + root + " is nested too deeply to be stored; store it as a list", failure);
        }
        String culprit = classAtFault(failure);
        if (culprit == null) {
            return new CacheSerializationException(
                    "A value of " + root + " cannot be stored: " + failure.getMessage(), failure);
        }
        return new CacheSerializationException(policy.refusal(culprit, root), failure);
    }

    static CacheSerializationException ofReading(Throwable thrown) {
        Throwable failure = unwrapped(thrown);
        if (failure instanceof CacheSerializationException known) {
            return known;
        }
        MissReason reason = has(failure, InsecureException.class)
                ? MissReason.REFUSED
                : isChangedType(failure) ? MissReason.TYPE_CHANGED : null;
        return new CacheSerializationException("The stored object cannot be read: " + failure, reason, failure);
    }

    private static boolean isChangedType(Throwable failure) {
        return has(failure, ClassNotFoundException.class)
                || has(failure, ClassNotCompatibleException.class)
                || has(failure, NoClassDefFoundError.class)
                || String.valueOf(failure.getMessage()).contains(NOT_CONVERTIBLE);
    }

    /** The serializer wraps what went wrong into an exception whose message has all objects read so far, which may be secret or endless. */
    private static Throwable unwrapped(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        Throwable cause = thrown.getCause();
        return cause != null && trace.length > 0 && trace[0].getMethodName().equals("handleReadFailed")
                ? cause
                : thrown;
    }

    private static @Nullable String classAtFault(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Matcher matcher = CLASS_AT_FAULT.matcher(String.valueOf(cause.getMessage()));
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        return null;
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
