package dev.cacheness.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheCompressionException;
import dev.cacheness.CacheConfigurationException;
import dev.cacheness.spi.Codec;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class CodecRegistryTests {

    private final CodecRegistry registry = new CodecRegistry();

    @Test
    void theBuiltInCodecsAreThere() {
        assertThat(registry.names()).containsExactly("zstd", "lz4", "gzip", "none");
        assertThat(registry.find("snappy")).isEmpty();
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnesAndTheNearest() {
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> registry.require("ZSTDD"))
                .withMessage("cacheness.compression.codec=ZSTDD: There is no such codec. Did you mean 'zstd'? "
                        + "Use one of zstd, lz4, gzip, none.")
                .satisfies(ex -> assertThat(ex.property()).isEqualTo("cacheness.compression.codec"));
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> registry.require("brotli"))
                .satisfies(ex -> assertThat(ex.action()).isEqualTo("Use one of zstd, lz4, gzip, none."));
    }

    @Test
    void aLevelOutOfRangeIsRefusedWithTheRange() {
        Codec zstd = registry.require("zstd");

        assertThat(registry.requireLevel(zstd, null)).isEqualTo(3);
        assertThat(registry.requireLevel(zstd, 19)).isEqualTo(19);
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> registry.requireLevel(zstd, 20))
                .withMessage("cacheness.compression.level=20: The codec 'zstd' has no such level. "
                        + "Use 1 to 19, or leave the property out for 3.");
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> registry.requireLevel(registry.require("none"), 1))
                .withMessageContaining("It has only level 0");
    }

    @Test
    void aNameIsTakenOnlyOnce() {
        assertThatExceptionOfType(CacheConfigurationException.class)
                .isThrownBy(() -> registry.register(new NoneCodec()))
                .withMessageContaining("codec none");
    }

    @Test
    void theCodecNoneStoresEveryBlockAsItIs() {
        Codec none = registry.require("none");

        assertThat(none.compress(new byte[100], 0, 100, new byte[0], 0)).isZero();
        assertThatExceptionOfType(CacheCompressionException.class)
                .isThrownBy(() -> none.decompress(new byte[10], 0, 10, new byte[10], 0, 10));
    }

    @Test
    void gzipIsReadByOthers() throws Exception {
        Codec gzip = registry.require("gzip");
        byte[] block = "a block that others read".repeat(50).getBytes("UTF-8");
        byte[] target = new byte[gzip.maxCompressedLength(block.length)];
        int length = gzip.compress(block, 0, block.length, target, 9);

        try (var in = new GZIPInputStream(new ByteArrayInputStream(Arrays.copyOf(target, length)))) {
            assertThat(in.readAllBytes()).isEqualTo(block);
        }
    }
}
