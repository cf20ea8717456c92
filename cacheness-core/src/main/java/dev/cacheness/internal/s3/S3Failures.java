package dev.cacheness.internal.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** What the SDK throws, in the words of those who call a blob backend. */
final class S3Failures {

    private S3Failures() {}

    /**
     * The failure of a call as an {@link IOException}, a {@link NoSuchFileException} only where the server says clearly that the object is not there.
     *
     * @param action what was tried, as in "Reading the object x"
     */
    static IOException translated(SdkException failure, String action, String blobId) {
        if (isInterruption(failure)) {
            Thread.currentThread().interrupt();
            var interrupted = new InterruptedIOException(action + " was interrupted");
            interrupted.initCause(failure);
            return interrupted;
        }
        if ("NoSuchKey".equals(codeOf(failure))) {
            var gone = new NoSuchFileException(blobId);
            gone.initCause(failure);
            return gone;
        }
        return new IOException(action + " failed: " + describe(failure), failure);
    }

    /** The status of the answer, 0 if there was none. */
    static int statusOf(SdkException failure) {
        return failure instanceof AwsServiceException service ? service.statusCode() : 0;
    }

    /** The server's word for what is wrong, null if it gave none. */
    static @Nullable String codeOf(SdkException failure) {
        AwsErrorDetails details = failure instanceof AwsServiceException service ? service.awsErrorDetails() : null;
        return details == null ? null : details.errorCode();
    }

    /** Whether the server has understood the call and refused it, so that nothing was done and trying again will not help. */
    static boolean isRefusal(SdkException failure) {
        int status = statusOf(failure);
        return status >= 400 && status < 500 && status != 408 && status != 409 && status != 429;
    }

    static boolean isInterruption(SdkException failure) {
        return failure instanceof AbortedException;
    }

    static String describe(SdkException failure) {
        if (failure instanceof AwsServiceException service) {
            String code = codeOf(failure);
            return "status " + service.statusCode() + (code == null ? "" : " " + code)
                    + (service.requestId() == null ? "" : ", request " + service.requestId());
        }
        return String.valueOf(failure.getMessage());
    }
}
