package dev.cacheness.internal.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** The parts of one blob on their way, a few at a time. For one thread. */
final class PartUploads {

    private static final int IN_FLIGHT = 2;

    private static final int MAX_PARTS = 10_000;

    private final String blobId;

    private final S3Objects objects;

    private final Executor executor;

    private final String uploadId;

    private final List<CompletableFuture<CompletedPart>> parts = new ArrayList<>();

    private long size;

    PartUploads(String blobId, S3Objects objects, Executor executor) throws IOException {
        this.blobId = blobId;
        this.objects = objects;
        this.executor = executor;
        this.uploadId = objects.beginParts(blobId);
    }

    /** The bytes must not change afterwards. Waits while too many parts are on their way. */
    void add(byte[] bytes, int offset, int length) throws IOException {
        int number = parts.size() + 1;
        if (number > MAX_PARTS) {
            throw new IOException("The blob has more than " + MAX_PARTS
                    + " parts, which S3 does not take; set cacheness.blob.options.part-size to more than "
                    + (objects.settings().partSize() >> 20) + "MB");
        }
        if (parts.size() >= IN_FLIGHT) {
            await(parts.get(parts.size() - IN_FLIGHT));
        }
        size += length;
        parts.add(CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return objects.putPart(blobId, uploadId, number, bytes, offset, length);
                    } catch (IOException ex) {
                        throw new CompletionException(ex);
                    }
                },
                executor));
    }

    void complete() throws IOException {
        List<CompletedPart> done = new ArrayList<>(parts.size());
        for (CompletableFuture<CompletedPart> part : parts) {
            done.add(await(part));
        }
        objects.completeParts(blobId, uploadId, done, size);
    }

    /** Parts that are still on their way when an upload is given up may stay behind, so they are waited for. */
    void abort() throws IOException {
        for (CompletableFuture<CompletedPart> part : parts) {
            part.exceptionally(failure -> null).join();
        }
        objects.abortParts(blobId, uploadId);
    }

    private CompletedPart await(CompletableFuture<CompletedPart> part) throws IOException {
        try {
            return part.get();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Writing " + blobId + " was interrupted");
        } catch (ExecutionException ex) {
            Throwable cause = ex.getCause() == null ? ex : ex.getCause();
            throw new IOException("A part of " + blobId + " was not written: " + cause.getMessage(), cause);
        }
    }
}
