package dev.cacheness.internal.s3;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.internal.blob.BlobName;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of objects: {@code <prefix>blobs/<two characters>/<name of the blob>}. Nothing outside the prefix is ever named. */
final class ObjectNames {

    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]");

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9!_.*'()/=-]{1,512}");

    private final String prefix;

    ObjectNames(String prefix) {
        this.prefix = prefix;
    }

    /** @throws NoSuchFileException if no blob can have that name */
    String keyOf(String blobId) throws NoSuchFileException {
        BlobName name = BlobName.parse(blobId);
        if (name == null) {
            throw new NoSuchFileException("No blob can have the name '"
                    + (blobId.length() > 80 ? blobId.substring(0, 80) + "…" : blobId) + "'");
        }
        return prefix + "blobs/" + name.shard() + "/" + name;
    }

    /** Says what lies under the prefix. */
    String layoutKey() {
        return prefix + "LAYOUT";
    }

    static String checkBucket(@Nullable String bucket) {
        if (bucket == null) {
            throw new CacheConfigurationException(
                    S3Settings.PREFIX + "bucket",
                    null,
                    "The s3 backend needs the name of a bucket.",
                    "Set it, and create the bucket; the cache does not.");
        }
        if (!BUCKET.matcher(bucket).matches() || bucket.contains("..")) {
            throw new CacheConfigurationException(
                    S3Settings.PREFIX + "bucket",
                    shown(bucket),
                    "It is not the name of a bucket.",
                    "Use 3 to 255 letters, digits, '.', '_' and '-', as the bucket is called, without s3:// and path.");
        }
        return bucket;
    }

    /** Empty, or ending in a slash. */
    static String checkPrefix(@Nullable String prefix) {
        if (prefix == null) {
            return "";
        }
        String whole = prefix.endsWith("/") ? prefix : prefix + "/";
        List<String> segments =
                Arrays.asList(whole.substring(0, whole.length() - 1).split("/", -1));
        if (!PREFIX.matcher(whole).matches()
                || segments.contains("")
                || segments.contains(".")
                || segments.contains("..")) {
            throw new CacheConfigurationException(
                    S3Settings.PREFIX + "prefix",
                    shown(prefix),
                    "It is not the beginning of a name of an object.",
                    "Use up to 512 letters, digits and any of !_.*'()=- in segments between single '/', none of them '.' or"
                            + " '..', and no '/' at the beginning.");
        }
        return whole;
    }

    private static String shown(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 80 ? plain.substring(0, 80) + "…" : plain;
    }
}
