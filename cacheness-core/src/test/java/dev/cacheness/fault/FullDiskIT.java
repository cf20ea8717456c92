package dev.cacheness.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cacheness.CacheException;
import dev.cacheness.CacheStorageException;
import dev.cacheness.engine.BlobStoreBuilder;
import dev.cacheness.storage.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of 10 MB that becomes full. Skipped where such a one cannot be mounted. */
class FullDiskIT {

    private static final int SIZE = 4_000_000;

    @TempDir
    Path directory;

    private Path disk;

    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=10m", "none", disk.toString());
        assumeThat(mounted).as("a tmpfs can be mounted").isTrue();
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", disk.toString());
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException ex) {
            return false;
        }
    }

    private static byte[] value(int number) {
        byte[] bytes = new byte[SIZE];
        new Random(number).nextBytes(bytes);
        return bytes;
    }

    @Test
    void putFailsOldValuesStayAndAllWorksOnceThereIsRoom() {
        try (BlobStore store = BlobStoreBuilder.at(disk.resolve("store")).build()) {
            store.put("a", value(1));
            store.put("b", value(2));

            assertThatExceptionOfType(CacheStorageException.class).isThrownBy(() -> store.put("a", value(3)));
            assertThatExceptionOfType(CacheException.class).isThrownBy(() -> store.put("c", value(4)));

            assertThat(store.get("a", byte[].class).orElseThrow()).isEqualTo(value(1));
            assertThat(store.get("b", byte[].class).orElseThrow()).isEqualTo(value(2));
            assertThat(store.exists("c")).isFalse();
            assertThat(store.verify().orphans()).isZero();

            store.delete("b");
            store.put("a", value(3));

            assertThat(store.get("a", byte[].class).orElseThrow()).isEqualTo(value(3));
            assertThat(store.verify().isSound()).isTrue();
        }
    }
}
