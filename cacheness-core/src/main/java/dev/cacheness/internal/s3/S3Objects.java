package dev.cacheness.internal.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** The calls to the server, one method each; what fails is an {@link IOException}. The SDK tries again by itself where that makes sense. Thread-safe. */
final class S3Objects {

    /** How often an object that is said not to be there is asked for; some servers need a moment to know what was put. */
    private static final int LOOKS = 3;

    private static final int CONFLICT_ATTEMPTS = 3;

    private final S3Client client;

    private final S3Settings settings;

    private final ObjectNames names;

    private final Pause pause;

    private final AwsRequestOverrideConfiguration getLimit;

    private final AwsRequestOverrideConfiguration writeLimit;

    S3Objects(S3Client client, S3Settings settings, Pause pause) {
        this.client = client;
        this.settings = settings;
        this.names = new ObjectNames(settings.prefix());
        this.pause = pause;
        this.getLimit = limit(settings.getTimeout());
        this.writeLimit = limit(settings.writeTimeout());
    }

    private static AwsRequestOverrideConfiguration limit(Duration timeout) {
        return AwsRequestOverrideConfiguration.builder().apiCallTimeout(timeout).build();
    }

    S3Settings settings() {
        return settings;
    }

    /** Refuses at once while S3 is left alone. */
    void checkPause() throws IOException {
        pause.check();
    }

    /**
     * Opens an object.
     *
     * @param position where to begin
     * @param etag the generation of the object, null if any will do
     */
    ResponseInputStream<GetObjectResponse> get(String blobId, long position, @Nullable String etag) throws IOException {
        for (int look = 1; ; look++) {
            try {
                return getOnce(blobId, position, etag);
            } catch (NoSuchFileException ex) {
                if (look == LOOKS) {
                    throw ex;
                }
                Backoff.await(look);
            }
        }
    }

    private ResponseInputStream<GetObjectResponse> getOnce(String blobId, long position, @Nullable String etag)
            throws IOException {
        String key = names.keyOf(blobId);
        return call(
                "Reading " + blobId,
                blobId,
                () -> client.getObject(request -> request.bucket(settings.bucket())
                        .key(key)
                        .ifMatch(etag)
                        .range(position == 0 ? null : "bytes=" + position + "-")
                        .overrideConfiguration(getLimit)));
    }

    /**
     * Puts an object that must not be there yet. An attempt whose answer was lost makes the next one fail because the object is there; then it is compared
     * with what was to be put.
     */
    void put(String blobId, byte[] bytes, int length) throws IOException {
        String key = names.keyOf(blobId);
        call("Writing " + blobId, blobId, () -> {
            for (int attempt = 1; ; attempt++) {
                try {
                    client.putObject(
                            request -> request.bucket(settings.bucket())
                                    .key(key)
                                    .ifNoneMatch("*")
                                    .serverSideEncryption(settings.encryption())
                                    .ssekmsKeyId(settings.kmsKey())
                                    .overrideConfiguration(writeLimit),
                            body(bytes, 0, length));
                    return true;
                } catch (SdkException ex) {
                    if (S3Failures.statusOf(ex) == 412 && isThere(key, length, crc32(bytes, length))) {
                        return true;
                    }
                    if (S3Failures.statusOf(ex) != 409 || attempt == CONFLICT_ATTEMPTS) {
                        throw ex;
                    }
                    Backoff.await(attempt);
                }
            }
        });
    }

    private static RequestBody body(byte[] bytes, int offset, int length) {
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(bytes, offset, length), length, "application/octet-stream");
    }

    private static String crc32(byte[] bytes, int length) {
        var crc = new CRC32();
        crc.update(bytes, 0, length);
        int value = (int) crc.getValue();
        return Base64.getEncoder()
                .encodeToString(
                        new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value});
    }

    /** @param crc32 in base 64, null if it is not known */
    private boolean isThere(String key, long size, @Nullable String crc32) {
        HeadObjectResponse head = client.headObject(request -> request.bucket(settings.bucket())
                .key(key)
                .checksumMode(ChecksumMode.ENABLED)
                .overrideConfiguration(writeLimit));
        return head.contentLength() == size
                && (crc32 == null
                        || head.checksumCRC32() == null
                        || head.checksumCRC32().equals(crc32));
    }

    String beginParts(String blobId) throws IOException {
        String key = names.keyOf(blobId);
        return call(
                "Beginning " + blobId,
                blobId,
                () -> client.createMultipartUpload(request -> request.bucket(settings.bucket())
                                .key(key)
                                .serverSideEncryption(settings.encryption())
                                .ssekmsKeyId(settings.kmsKey())
                                .overrideConfiguration(writeLimit))
                        .uploadId());
    }

    CompletedPart putPart(String blobId, String uploadId, int number, byte[] bytes, int offset, int length)
            throws IOException {
        String key = names.keyOf(blobId);
        UploadPartResponse part = call(
                "Writing part " + number + " of " + blobId,
                blobId,
                () -> client.uploadPart(
                        request -> request.bucket(settings.bucket())
                                .key(key)
                                .uploadId(uploadId)
                                .partNumber(number)
                                .overrideConfiguration(writeLimit),
                        body(bytes, offset, length)));
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(part.eTag())
                .checksumCRC32(part.checksumCRC32())
                .checksumCRC32C(part.checksumCRC32C())
                .checksumCRC64NVME(part.checksumCRC64NVME())
                .checksumSHA1(part.checksumSHA1())
                .checksumSHA256(part.checksumSHA256())
                .build();
    }

    /** If the answer to an attempt was lost, the next one fails because the upload is over or the object is there. */
    void completeParts(String blobId, String uploadId, List<CompletedPart> parts, long size) throws IOException {
        String key = names.keyOf(blobId);
        call("Completing " + blobId, blobId, () -> {
            try {
                client.completeMultipartUpload(request -> request.bucket(settings.bucket())
                        .key(key)
                        .uploadId(uploadId)
                        .ifNoneMatch("*")
                        .multipartUpload(upload -> upload.parts(parts))
                        .overrideConfiguration(writeLimit));
                return true;
            } catch (SdkException ex) {
                int status = S3Failures.statusOf(ex);
                if ((status == 412 || status == 404) && isThere(key, size, null)) {
                    return true;
                }
                throw ex;
            }
        });
    }

    void abortParts(String blobId, String uploadId) throws IOException {
        abort(blobId, names.keyOf(blobId), uploadId);
    }

    private void abort(String blobId, String key, String uploadId) throws IOException {
        call(
                "Giving up " + blobId,
                blobId,
                () -> client.abortMultipartUpload(request -> request.bucket(settings.bucket())
                        .key(key)
                        .uploadId(uploadId)
                        .overrideConfiguration(writeLimit)));
    }

    /** Gives up what a writer that died has begun under that name. */
    void abortAllParts(String blobId) throws IOException {
        String key = names.keyOf(blobId);
        List<MultipartUpload> uploads = call(
                "Looking for unfinished parts of " + blobId,
                blobId,
                () -> client.listMultipartUploads(request ->
                                request.bucket(settings.bucket()).prefix(key).overrideConfiguration(writeLimit))
                        .uploads());
        for (MultipartUpload upload : uploads) {
            if (upload.key().equals(key)) {
                abort(blobId, key, upload.uploadId());
            }
        }
    }

    void delete(String blobId) throws IOException {
        String key = names.keyOf(blobId);
        call(
                "Deleting " + blobId,
                blobId,
                () -> client.deleteObject(
                        request -> request.bucket(settings.bucket()).key(key).overrideConfiguration(writeLimit)));
    }

    private <T> T call(String action, String blobId, Call<T> call) throws IOException {
        pause.check();
        try {
            T answer = call.run();
            pause.succeeded();
            return answer;
        } catch (SdkException ex) {
            pause.failed(ex);
            throw S3Failures.translated(ex, action, blobId);
        }
    }

    @FunctionalInterface
    private interface Call<T> {
        T run() throws IOException;
    }
}
