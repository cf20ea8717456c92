package smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.spi.BackendDescription;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backends whose libraries are not on the class path can be listed, and say what they lack when they are chosen. */
class MissingLibrariesTests {

    @TempDir
    Path directory;

    @Test
    void bucketSaysWhichLibrariesItNeeds() {
        CachenessBuilder builder =
                CachenessBuilder.at(directory.resolve("cache")).blobBackend("s3");

        assertThat(builder.blobBackends())
                .filteredOn(backend -> backend.name().equals("s3"))
                .singleElement()
                .extracting(BackendDescription::requiredArtifacts)
                .isEqualTo(List.of("software.amazon.awssdk:s3", "software.amazon.awssdk:url-connection-client"));
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(builder::build)
                .withMessageContaining("cacheness.blob.backend=s3")
                .withMessageContaining("software.amazon.awssdk:s3, software.amazon.awssdk:url-connection-client");
    }
}
