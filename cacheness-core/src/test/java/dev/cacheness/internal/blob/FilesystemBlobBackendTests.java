package dev.cacheness.internal.blob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.Durability;
import dev.cacheness.contract.BlobBackendContract;
import dev.cacheness.spi.BlobBackend;
import dev.cacheness.spi.BlobBackend.BlobWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemBlobBackendTests extends BlobBackendContract {

    @TempDir
    Path directory;

    @Override
    protected BlobBackend open() {
        return FilesystemBlobBackend.open(directory, Durability.POWER);
    }

    @Test
    void blobsOfALivingOwnerAreNotSweptByAnother() throws IOException {
        try (BlobBackend owner = open();
                BlobBackend other = open();
                BlobWriter writer = owner.create()) {
            writer.write(ByteBuffer.wrap(new byte[10]));
            writer.commit();

            assertThat(other.sweep(blobIds -> Set.of())).isZero();
            assertThat(owner.open(writer.blobId()).size()).isEqualTo(10);
        }
    }

    @Test
    void blobsOfADeadOwnerAreSweptTogetherWithItsFile() throws IOException {
        Path orphan = directory.resolve("blobs/ab/0123456789abcdef-ab" + "0".repeat(30));
        Files.createDirectories(orphan.getParent());
        Files.write(orphan, new byte[10]);
        Path deadOwner = Files.createFile(directory.resolve("owners/0123456789abcdef"));

        try (BlobBackend other = open()) {
            assertThat(other.sweep(blobIds -> Set.of())).isEqualTo(1);
        }

        assertThat(orphan).doesNotExist();
        assertThat(deadOwner).doesNotExist();
    }

    @Test
    void filesThatAreNoBlobsAreLeftAlone() throws IOException {
        Path foreign = directory.resolve("blobs/ab/notes.txt");
        Files.createDirectories(foreign.getParent());
        Files.writeString(foreign, "mine");

        try (BlobBackend other = open()) {
            assertThat(other.sweep(blobIds -> Set.of())).isZero();
        }

        assertThat(foreign).hasContent("mine");
    }

    @Test
    void closedOwnerLeavesNoFile() throws IOException {
        try (BlobBackend other = open()) {
            assertThat(other.name()).isEqualTo("filesystem");
        }

        try (var files = Files.list(directory.resolve("owners"))) {
            // The backend of the contract is open.
            assertThat(files).hasSize(1);
        }
    }
}
