package dev.cacheness.internal.handler;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects that are no data but part of the running program, wherever their classes are from. */
final class RunningParts {

    private static final String STREAM = "an open stream gives what it has only once; store what it gives instead";

    private static final String CONNECTION =
            "an open connection does not outlive the program; store what was read from it";

    private static final String PROGRAM = "it is a part of the running program and does not outlive it";

    /** By the names of the types, since some of them are in modules that need not be there. */
    private static final Map<String, String> KINDS = kinds();

    private RunningParts() {}

    /** Why objects of the class are no data, null if they are or if the class is not there. */
    static @Nullable String reasonFor(String className, ClassLoader classLoader) {
        if (className.contains("$$Lambda")) {
            return "a lambda has no name by which it could be found again; use a record or a class with a name";
        }
        if (className.contains("$$") || className.contains("$Proxy") || className.contains("$HibernateProxy")) {
            return className + " is a class that was made at run time and is gone after it; store the object behind it";
        }
        try {
            String reason = reasonFor(Class.forName(className, false, classLoader));
            return reason == null ? null : className + ": " + reason;
        } catch (ClassNotFoundException | LinkageError ex) {
            return null;
        }
    }

    private static @Nullable String reasonFor(@Nullable Class<?> type) {
        if (type == null) {
            return null;
        }
        String reason = KINDS.get(type.getName());
        if (reason != null) {
            return reason;
        }
        for (Class<?> parent : type.getInterfaces()) {
            String inherited = reasonFor(parent);
            if (inherited != null) {
                return inherited;
            }
        }
        return reasonFor(type.getSuperclass());
    }

    private static Map<String, String> kinds() {
        var kinds = new LinkedHashMap<String, String>();
        for (String stream : new String[] {
            "java.io.InputStream",
            "java.io.OutputStream",
            "java.io.Reader",
            "java.io.Writer",
            "java.io.RandomAccessFile",
            "java.nio.channels.Channel",
            "java.util.stream.BaseStream"
        }) {
            kinds.put(stream, STREAM);
        }
        for (String connection : new String[] {
            "java.sql.Connection",
            "java.sql.Statement",
            "java.sql.ResultSet",
            "javax.sql.DataSource",
            "java.net.Socket",
            "java.net.ServerSocket",
            "java.net.URLConnection"
        }) {
            kinds.put(connection, CONNECTION);
        }
        for (String part : new String[] {
            "java.lang.Thread",
            "java.lang.ThreadGroup",
            "java.lang.ThreadLocal",
            "java.lang.ClassLoader",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.ref.Reference",
            "java.util.concurrent.Executor",
            "java.util.concurrent.Future",
            "java.util.concurrent.CompletionStage",
            "java.util.concurrent.locks.Lock",
            "java.util.Timer"
        }) {
            kinds.put(part, PROGRAM);
        }
        return kinds;
    }
}
