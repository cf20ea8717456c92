package dev.cacheness.s3.tests;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * Stands between a client and a server and does to their requests and answers what networks and servers do, as a seed says. A request may be lost before the
 * server has seen it, or its answer after the server has done it.
 */
final class FaultyTransport implements SdkHttpClient {

    /** So often in a row an object may be said not to be there that is; a server that says so for ever has lost it. */
    private static final int LONGEST_DENIAL = 2;

    private final SdkHttpClient transport = UrlConnectionHttpClient.create();

    private final Map<String, Integer> denials = new HashMap<>();

    private SplittableRandom random = new SplittableRandom(0);

    private double rate;

    private int faults;

    /** From now on this share of the requests goes wrong. */
    synchronized void script(long seed, double rate) {
        this.random = new SplittableRandom(seed);
        this.rate = rate;
    }

    synchronized void heal() {
        rate = 0;
    }

    synchronized int faults() {
        return faults;
    }

    private synchronized Fault next(SdkHttpRequest request) {
        String path = request.encodedPath();
        if (random.nextDouble() >= rate) {
            denials.remove(path);
            return Fault.NONE;
        }
        Fault fault = Fault.values()[1 + random.nextInt(Fault.values().length - 1)];
        boolean get = request.method() == SdkHttpMethod.GET && path.contains("/blobs/");
        if (fault == Fault.DENIED) {
            if (!get || denials.merge(path, 1, Integer::sum) > LONGEST_DENIAL) {
                return Fault.NONE;
            }
        }
        if (fault == Fault.TRUNCATED && !get) {
            return Fault.NONE;
        }
        faults++;
        return fault;
    }

    private synchronized int cut(int length) {
        return random.nextInt(Math.max(1, length));
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest call = transport.prepareRequest(request);
        Fault fault = next(request.httpRequest());
        return new ExecutableHttpRequest() {

            @Override
            public HttpExecuteResponse call() throws IOException {
                return switch (fault) {
                    case NONE -> call.call();
                    case ERROR_500 -> answer(500, "InternalError");
                    case ERROR_503 -> answer(503, "SlowDown");
                    case DENIED -> answer(404, "NoSuchKey");
                    case LOST_BEFORE -> throw new SocketTimeoutException("The request was lost");
                    case LOST_AFTER -> {
                        discard(call.call());
                        throw new SocketTimeoutException("The answer was lost");
                    }
                    case ERROR_AFTER -> {
                        discard(call.call());
                        yield answer(500, "InternalError");
                    }
                    case TRUNCATED -> truncated(call.call());
                };
            }

            @Override
            public void abort() {
                call.abort();
            }
        };
    }

    private static void discard(HttpExecuteResponse response) throws IOException {
        if (response.responseBody().isPresent()) {
            try (InputStream body = response.responseBody().get()) {
                body.transferTo(java.io.OutputStream.nullOutputStream());
            }
        }
    }

    private HttpExecuteResponse truncated(HttpExecuteResponse whole) {
        if (!whole.httpResponse().isSuccessful() || whole.responseBody().isEmpty()) {
            return whole;
        }
        AbortableInputStream body = whole.responseBody().get();
        int length = whole.httpResponse()
                .firstMatchingHeader("Content-Length")
                .map(Integer::valueOf)
                .orElse(0);
        return HttpExecuteResponse.builder()
                .response(whole.httpResponse())
                .responseBody(AbortableInputStream.create(new Cut(body, cut(length)), body))
                .build();
    }

    private static HttpExecuteResponse answer(int status, String code) {
        byte[] body = ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>scripted</Message></Error>")
                .getBytes(StandardCharsets.UTF_8);
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder()
                        .statusCode(status)
                        .putHeader("Content-Type", "application/xml")
                        .putHeader("Content-Length", Integer.toString(body.length))
                        .build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                .build();
    }

    @Override
    public void close() {
        transport.close();
    }

    private enum Fault {
        NONE,
        ERROR_500,
        ERROR_503,
        LOST_BEFORE,
        LOST_AFTER,
        ERROR_AFTER,
        DENIED,
        TRUNCATED
    }

    /** A body that ends early. */
    private static final class Cut extends FilterInputStream {

        private int left;

        Cut(InputStream body, int length) {
            super(body);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            return left-- > 0 ? super.read() : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int read = super.read(target, offset, Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }
    }
}
