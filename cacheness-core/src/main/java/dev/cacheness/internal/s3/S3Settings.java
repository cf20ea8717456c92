package dev.cacheness.internal.s3;

import dev.cacheness.CacheConfigurationException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the objects are and how they are reached.
 *
 * @param prefix what the names of all objects begin with, empty or ending in a slash
 * @param region null for what the environment says
 * @param endpoint null for Amazon's own
 * @param pathStyle whether the bucket is part of the path instead of the host name
 * @param accessKeyId null for what the environment says
 * @param encryption how the server encrypts, null for its default
 * @param kmsKey the key that it encrypts with, null for its default
 * @param multipartThreshold values larger than this are uploaded in parts
 * @param connectTimeout for making a connection
 * @param readTimeout for the next bytes of an answer
 * @param getTimeout for a get as a whole, retries included, until its answer begins
 * @param writeTimeout for any other call as a whole, retries included
 * @param maxRetries how often a call is tried again
 * @param pause how long S3 is left alone after it could not be reached
 * @param intentLease how long a writer that gives no sign of life keeps its blob from being deleted
 */
record S3Settings(
        String bucket,
        String prefix,
        @Nullable String region,
        @Nullable URI endpoint,
        boolean pathStyle,
        @Nullable String accessKeyId,
        @Nullable String secretAccessKey,
        @Nullable String encryption,
        @Nullable String kmsKey,
        int multipartThreshold,
        int partSize,
        Duration connectTimeout,
        Duration readTimeout,
        Duration getTimeout,
        Duration writeTimeout,
        int maxRetries,
        Duration pause,
        Duration intentLease) {

    static final String PREFIX = "cacheness.blob.options.";

    /** What a client that is given has decided already. */
    static final List<String> CLIENT_OPTIONS = List.of(
            "region",
            "endpoint",
            "path-style",
            "access-key-id",
            "secret-access-key",
            "connect-timeout",
            "read-timeout",
            "max-retries");

    private static final int MIB = 1 << 20;

    static S3Settings of(Map<String, String> options) {
        var read = new OptionReader(options);
        String encryption = read.choice("encryption", List.of("AES256", "aws:kms", "aws:kms:dsse"));
        String kmsKey = read.text("kms-key");
        if (kmsKey != null && (encryption == null || !encryption.startsWith("aws:kms"))) {
            throw new CacheConfigurationException(
                    PREFIX + "kms-key",
                    kmsKey,
                    "It is of use only if the server encrypts with a key of KMS.",
                    "Set " + PREFIX + "encryption=aws:kms, or remove it.");
        }
        String accessKeyId = read.text("access-key-id");
        String secretAccessKey = read.text("secret-access-key");
        if ((accessKeyId == null) != (secretAccessKey == null)) {
            throw new CacheConfigurationException(
                    PREFIX + (accessKeyId == null ? "access-key-id" : "secret-access-key"),
                    null,
                    "It is missing, and the other half of the credentials is there.",
                    "Set both, or neither and let the environment say who calls.");
        }
        int partSize = read.bytes("part-size", 8 * MIB, 5 * MIB, 512 * MIB);
        var settings = new S3Settings(
                ObjectNames.checkBucket(read.text("bucket")),
                ObjectNames.checkPrefix(read.text("prefix")),
                read.text("region"),
                read.uri("endpoint"),
                read.flag("path-style", read.text("endpoint") != null),
                accessKeyId,
                secretAccessKey,
                encryption,
                kmsKey,
                read.bytes("multipart-threshold", Math.max(16 * MIB, partSize), partSize, 1024 * MIB),
                partSize,
                read.duration("connect-timeout", Duration.ofSeconds(1)),
                read.duration("read-timeout", Duration.ofSeconds(10)),
                read.duration("get-timeout", Duration.ofSeconds(2)),
                read.duration("write-timeout", Duration.ofSeconds(60)),
                read.number("max-retries", 3, 0, 20),
                read.duration("pause", Duration.ofSeconds(5)),
                read.duration("intent-lease", Duration.ofSeconds(60)));
        read.refuseRest();
        return settings;
    }

    /** For messages. */
    String place() {
        return "s3://" + bucket + "/" + prefix;
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "S3Settings[" + place() + ", region=" + region + ", endpoint=" + endpoint + "]";
    }
}
