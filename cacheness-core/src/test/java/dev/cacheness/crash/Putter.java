package dev.cacheness.crash;

import dev.cacheness.CacheException;
import dev.cacheness.Cacheness;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;

/** Puts large values under a few keys for ever, and tells which puts failed. */
final class Putter {

    static final int KEYS = 3;

    private Putter() {}

    @SuppressWarnings("resource")
    public static void main(String[] arguments) {
        Cacheness cache = Durable.builder(Path.of(arguments[0]), arguments[1])
                .codec("none")
                .inlineThreshold(0)
                .build();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
        out.println("READY");
        for (int version = 1; true; version++) {
            int number = version % KEYS;
            try {
                cache.put(Values.key(number), Values.value(number, version));
                out.println("put " + number + " " + version);
            } catch (CacheException ex) {
                out.println("failed " + number + " " + version + " " + ex.getMessage());
            }
        }
    }
}
