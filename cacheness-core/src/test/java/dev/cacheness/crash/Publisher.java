package dev.cacheness.crash;

import dev.cacheness.Durability;
import dev.cacheness.engine.BlobStoreBuilder;
import dev.cacheness.storage.BlobStore;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Random;

/**
 * Puts versions of artifacts until it is killed, telling before and after each step: {@code > key version} and {@code < key version}. Each thread has keys of
 * its own.
 */
final class Publisher {

    static final int THREADS = 3;

    static final int KEYS = 9;

    private Publisher() {}

    static BlobStore open(Path directory, String backend) {
        return BlobStoreBuilder.at(directory)
                .metadataBackend(backend)
                .durability(Durability.PROCESS)
                .versions(true)
                .keepVersions(3)
                .build();
    }

    @SuppressWarnings("resource")
    public static void main(String[] arguments) {
        BlobStore store = open(Path.of(arguments[0]), arguments[2]);
        int round = Integer.parseInt(arguments[1]);
        // Plain lines from several threads; println on a PrintStream is one write each.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
        for (int thread = 0; thread < THREADS; thread++) {
            int own = thread;
            new Thread(() -> write(store, out, own, round)).start();
        }
        out.println("READY");
    }

    private static void write(BlobStore store, PrintStream out, int thread, int round) {
        var random = new Random(round * 31L + thread);
        while (true) {
            int key = random.nextInt(KEYS / THREADS) * THREADS + thread;
            int version =
                    1 + store.metadata("k" + key).map(found -> found.version()).orElse(0);
            out.println("> " + key + " " + version);
            store.put("k" + key, Values.value(key, version));
            out.println("< " + key + " " + version);
        }
    }
}
