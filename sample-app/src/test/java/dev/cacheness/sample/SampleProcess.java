package dev.cacheness.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** The packaged application in a process of its own. */
final class SampleProcess implements AutoCloseable {

    private final Process process;
    private final URI root;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private SampleProcess(Process process, int port) {
        this.process = process;
        this.root = URI.create("http://localhost:" + port);
    }

    /** Starts a jar and waits until it answers; its output is in {@code sample-app.log} in the working directory. */
    static SampleProcess start(Path jar, Path workingDirectory, Map<String, String> environment) throws IOException {
        int port = freePort();
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString())
                .directory(workingDirectory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        workingDirectory.resolve("sample-app.log").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("CACHENESS_"));
        builder.environment().putAll(environment);
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        var started = new SampleProcess(builder.start(), port);
        try {
            Awaitility.await("start of the application, see " + workingDirectory.resolve("sample-app.log"))
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> started.send("GET", "/actuator/health").statusCode() == 200);
        } catch (RuntimeException ex) {
            started.close();
            throw ex;
        }
        return started;
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(root.resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(30))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** What {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
