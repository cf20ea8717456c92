package dev.cacheness.internal.handler;

import java.util.Set;
import java.util.regex.Pattern;

/** The types of the JDK that hold nothing but data and do nothing while they are made. */
final class JdkTypes {

    private static final Set<String> PRIMITIVES = Set.of(
            "boolean", "byte", "char", "short", "int", "long", "float", "double", "Z", "B", "C", "S", "I", "J", "F",
            "D");

    private static final Set<String> SINGLE = Set.of(
            "java.lang.Object",
            "java.lang.String",
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Character",
            "java.lang.Short",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Float",
            "java.lang.Double",
            "java.lang.Number",
            "java.lang.Void",
            "java.lang.Comparable",
            "java.lang.CharSequence",
            "java.lang.Enum",
            "java.lang.Record",
            "java.lang.StringBuilder",
            "java.lang.StringBuffer",
            "java.util.regex.Pattern",
            "java.net.URI",
            "java.net.InetAddress",
            "java.net.Inet4Address",
            "java.net.Inet6Address",
            "java.sql.Date",
            "java.sql.Time",
            "java.sql.Timestamp",
            "java.util.concurrent.TimeUnit");

    private static final Pattern DATA_PACKAGES =
            Pattern.compile("java\\.(time|math|util\\.concurrent\\.atomic)(\\.[a-z]+)?\\.[A-Z][A-Za-z0-9$]*");

    private static final Pattern UTIL = Pattern.compile("java\\.util\\.[A-Z][A-Za-z0-9$]*");

    private static final Pattern UTIL_WITH_EFFECTS = Pattern.compile("java\\.util\\."
            + "(ServiceLoader|Timer|TimerTask|TimerThread|Scanner|Formatter|\\w*ResourceBundle)(\\$.*)?");

    private static final Pattern CONCURRENT_COLLECTIONS = Pattern.compile(
            "java\\.util\\.concurrent\\.(Concurrent|CopyOnWrite|ArrayBlocking|LinkedBlocking|PriorityBlocking|LinkedTransfer)"
                    + "\\w*(Map|Set|List|Queue|Deque)\\w*(\\$.*)?");

    private JdkTypes() {}

    static boolean allows(String name) {
        return PRIMITIVES.contains(name)
                || SINGLE.contains(name)
                || DATA_PACKAGES.matcher(name).matches()
                || CONCURRENT_COLLECTIONS.matcher(name).matches()
                || (UTIL.matcher(name).matches()
                        && !UTIL_WITH_EFFECTS.matcher(name).matches());
    }

    static boolean isJdk(String name) {
        return name.startsWith("java.")
                || name.startsWith("javax.")
                || name.startsWith("jdk.")
                || name.startsWith("sun.")
                || name.startsWith("com.sun.");
    }
}
