package dev.cacheness.crash;

import dev.cacheness.Cacheness;
import dev.cacheness.PutOption;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Random;

/**
 * Puts and invalidates until it is killed, telling before and after each step: {@code > number version} and {@code < number version}, where version 0 is an
 * invalidation. Each thread has keys of its own.
 */
final class Writer {

    static final int THREADS = 3;

    static final int KEYS = 30;

    private Writer() {}

    @SuppressWarnings("resource")
    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        int round = Integer.parseInt(arguments[1]);
        Cacheness cache = Durable.builder(directory, arguments[2]).codec("lz4").build();
        // Plain lines from several threads; println on a PrintStream is one write each.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
        for (int thread = 0; thread < THREADS; thread++) {
            int own = thread;
            new Thread(() -> write(cache, out, own, round)).start();
        }
        out.println("READY");
    }

    private static void write(Cacheness cache, PrintStream out, int thread, int round) {
        var random = new Random(round * 31L + thread);
        int step = 0;
        while (true) {
            int number = random.nextInt(KEYS / THREADS) * THREADS + thread;
            boolean invalidate = random.nextInt(8) == 0;
            int version = invalidate ? 0 : round * 100_000 + ++step;
            out.println("> " + number + " " + version);
            if (invalidate) {
                cache.invalidate(Values.key(number));
            } else {
                cache.put(
                        Values.key(number),
                        Values.value(number, version),
                        PutOption.customMetadata(new Values.Version(number, version)));
            }
            out.println("< " + number + " " + version);
        }
    }
}
