package dev.cacheness.internal.handler.table;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.MissReason;
import dev.cacheness.internal.codec.CodecRegistry;
import dev.cacheness.spi.Codec;
import dev.cacheness.spi.HandlerSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.jspecify.annotations.Nullable;

/** Our codecs for Parquet's pages, in place of Hadoop's: what a page may take is known before it is restored. Thread-safe. */
final class ParquetCodecs implements CompressionCodecFactory {

    /** Pages are about a mebibyte; other programs make larger ones. */
    private static final int MAX_PAGE = 256 << 20;

    private final CodecRegistry codecs = new CodecRegistry();

    private final CompressionCodecName name;

    private final @Nullable Integer level;

    ParquetCodecs(HandlerSettings settings) {
        name = switch (settings.codec()) {
            case "none" -> CompressionCodecName.UNCOMPRESSED;
            case "lz4" -> CompressionCodecName.LZ4_RAW;
            default -> CompressionCodecName.ZSTD;
        };
        level = settings.codec().equals("zstd") || settings.codec().equals("lz4") ? settings.codecLevel() : null;
    }

    /** What new files are compressed with. */
    CompressionCodecName name() {
        return name;
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codecName) {
        Codec codec = codecOf(codecName);
        return new BytesInputCompressor() {
            @Override
            public BytesInput compress(BytesInput bytes) throws IOException {
                if (codec == null) {
                    return bytes;
                }
                byte[] source = arrayOf(bytes);
                byte[] target = new byte[codec.maxCompressedLength(source.length)];
                int asked = level != null ? level : codec.defaultLevel();
                int length = codec.compress(source, 0, source.length, target, asked);
                return BytesInput.from(target, 0, length);
            }

            @Override
            public CompressionCodecName getCodecName() {
                return codecName;
            }

            @Override
            public void release() {}
        };
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codecName) {
        Codec codec = codecOf(codecName);
        return new BytesInputDecompressor() {
            @Override
            public BytesInput decompress(BytesInput bytes, int size) throws IOException {
                return BytesInput.from(restore(codec, arrayOf(bytes), size));
            }

            @Override
            public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int size) {
                byte[] source = new byte[compressedSize];
                input.get(source);
                output.put(restore(codec, source, size));
            }

            @Override
            public void release() {}
        };
    }

    private static byte[] arrayOf(BytesInput bytes) throws IOException {
        Exact array = new Exact(Math.toIntExact(bytes.size()));
        bytes.writeAllTo(array);
        return array.bytes();
    }

    private static byte[] restore(@Nullable Codec codec, byte[] source, int size) {
        if (size < 0 || size > MAX_PAGE) {
            throw new CacheSerializationException("A page of " + size + " bytes is too large");
        }
        if (codec == null) {
            return source.length == size ? source : Arrays.copyOf(source, size);
        }
        byte[] target = new byte[size];
        codec.decompress(source, 0, source.length, target, 0, size);
        return target;
    }

    private @Nullable Codec codecOf(CompressionCodecName codecName) {
        return switch (codecName) {
            case UNCOMPRESSED -> null;
            case ZSTD -> codecs.require("zstd");
            case LZ4_RAW -> codecs.require("lz4");
            default ->
                throw new CacheSerializationException(
                        "The Parquet file is compressed by " + codecName + ", which is not supported",
                        MissReason.REFUSED,
                        null);
        };
    }

    @Override
    public void release() {}

    /** Does not copy what filled it. */
    private static final class Exact extends ByteArrayOutputStream {

        Exact(int size) {
            super(size);
        }

        byte[] bytes() {
            return count == buf.length ? buf : toByteArray();
        }
    }
}
