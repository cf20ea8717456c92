package dev.cacheness.internal.s3;

import dev.cacheness.CacheConfigurationException;
import dev.cacheness.CacheException;
import dev.cacheness.CacheStorageException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Opens the backend after asking the server all that would otherwise fail later: whether the bucket is there, and whether the caller may write and read under
 * the prefix. It does so by a small object that also names the version of the layout.
 */
final class S3Opening {

    private static final String KIND = "cacheness ";

    private static final int VERSION = 1;

    private S3Opening() {}

    /** @param owned whether the client is to be closed with the backend, or if it does not open */
    static S3BlobBackend open(S3Settings settings, S3Client client, boolean owned, InstantSource clock) {
        Runnable onClose = owned ? client::close : () -> {};
        try {
            checkLayout(settings, client);
            return new S3BlobBackend(new S3Objects(client, settings, new Pause(settings.pause(), clock)), onClose);
        } catch (SdkException ex) {
            onClose.run();
            throw refused(settings, ex);
        } catch (RuntimeException ex) {
            onClose.run();
            throw ex;
        }
    }

    private static void checkLayout(S3Settings settings, S3Client client) {
        String key = new ObjectNames(settings.prefix()).layoutKey();
        askForBucket(settings, client, key);
        mark(settings, client, key);
        String text = read(settings, client, key);
        int version = versionOf(text);
        if (version < 1) {
            throw new CacheConfigurationException(
                    S3Settings.PREFIX + "prefix",
                    settings.prefix(),
                    "The object " + key + " in the bucket " + settings.bucket() + " is not one of Cacheness.",
                    "Use another prefix.");
        }
        if (version > VERSION) {
            throw new CacheConfigurationException(
                    S3Settings.PREFIX + "prefix",
                    settings.prefix(),
                    "It has layout " + version + ", this version of Cacheness knows layouts up to " + VERSION + ".",
                    "Use the newer version of Cacheness, or another prefix.");
        }
    }

    /** A server may refuse a put and close the connection before it has read the bytes; then nobody hears why. A get has none. */
    private static void askForBucket(S3Settings settings, S3Client client, String key) {
        try {
            read(settings, client, key);
        } catch (SdkException ex) {
            // The object may not be there yet, and who may not list is told that he may not read it.
            int status = S3Failures.statusOf(ex);
            if (status != 404 && status != 403 || "NoSuchBucket".equals(S3Failures.codeOf(ex))) {
                throw ex;
            }
        }
    }

    private static String read(S3Settings settings, S3Client client, String key) {
        return client.getObjectAsBytes(
                        request -> request.bucket(settings.bucket()).key(key))
                .asString(StandardCharsets.US_ASCII);
    }

    private static void mark(S3Settings settings, S3Client client, String key) {
        try {
            client.putObject(
                    request -> request.bucket(settings.bucket())
                            .key(key)
                            .ifNoneMatch("*")
                            .serverSideEncryption(settings.encryption())
                            .ssekmsKeyId(settings.kmsKey())
                            .overrideConfiguration(limit -> limit.apiCallTimeout(settings.writeTimeout())),
                    RequestBody.fromString(KIND + VERSION + "\n"));
        } catch (SdkException ex) {
            int status = S3Failures.statusOf(ex);
            // It is there, or another node is putting it at this moment.
            if (status != 412 && status != 409) {
                throw ex;
            }
        }
    }

    private static int versionOf(String text) {
        try {
            return text.startsWith(KIND)
                    ? Integer.parseInt(text.substring(KIND.length()).strip())
                    : -1;
        } catch (NumberFormatException ex) {
            return -1;
        }
    }

    private static CacheException refused(S3Settings settings, SdkException failure) {
        String code = String.valueOf(S3Failures.codeOf(failure));
        String said = " The server says: " + S3Failures.describe(failure) + ".";
        return switch (code) {
            case "NoSuchBucket" ->
                configuration(
                        "bucket",
                        settings.bucket(),
                        "There is no such bucket." + said,
                        "Create it, or name another one.",
                        failure);
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken" ->
                configuration(
                        "access-key-id",
                        null,
                        "The credentials are not valid." + said,
                        "Correct them here, or where the environment or the client of the application has them.",
                        failure);
            case "AccessDenied", "AllAccessDisabled", "MethodNotAllowed" ->
                configuration(
                        "prefix",
                        settings.prefix(),
                        "The caller may not read and write under " + settings.place() + "." + said,
                        "Allow s3:PutObject, s3:GetObject, s3:DeleteObject, s3:AbortMultipartUpload there, or use another"
                                + " bucket or prefix.",
                        failure);
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException" ->
                configuration(
                        "region",
                        settings.region(),
                        "The bucket is in another region." + said,
                        "Set its region.",
                        failure);
            case "NotImplemented" ->
                configuration(
                        "endpoint",
                        null,
                        "The server cannot put an object only if there is none of its name." + said,
                        "Use a server that knows If-None-Match.",
                        failure);
            default -> other(settings, failure, said);
        };
    }

    private static CacheException other(S3Settings settings, SdkException failure, String said) {
        if (S3Failures.statusOf(failure) == 403) {
            return configuration(
                    "bucket",
                    settings.bucket(),
                    "The server refuses the caller." + said,
                    "Check credentials and rights.",
                    failure);
        }
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof SdkClientException && message.contains("load credentials")) {
            return configuration(
                    "access-key-id",
                    null,
                    "Nothing says who calls.",
                    "Set it with secret-access-key, or give the environment credentials, such as AWS_ACCESS_KEY_ID.",
                    failure);
        }
        return new CacheStorageException("Blobs cannot be kept in " + settings.place() + ": " + message, failure);
    }

    private static CacheConfigurationException configuration(
            String option, @Nullable String value, String problem, String action, Throwable cause) {
        return new CacheConfigurationException(S3Settings.PREFIX + option, value, problem, action, cause);
    }
}
