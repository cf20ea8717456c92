package dev.cacheness.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A program of the test tree in a JVM of its own, and what it printed so far. */
final class ChildJvm {

    private final Process process;

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    private final CountDownLatch ready = new CountDownLatch(1);

    private final Thread reader;

    private ChildJvm(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "child-output");
        reader.start();
    }

    static ChildJvm start(Class<?> program, String... arguments) throws IOException {
        return start(256, program, arguments);
    }

    /** @param heap in mebibytes */
    static ChildJvm start(int heap, Class<?> program, String... arguments) throws IOException {
        return start(List.of("-Xmx" + heap + "m"), program, arguments);
    }

    static ChildJvm start(List<String> options, Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return new ChildJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits for the line {@code READY}, or for the end. */
    void awaitReady() throws InterruptedException {
        ready.await();
    }

    /** Ends it as {@code kill -9} does. */
    List<String> kill() throws InterruptedException {
        // By its handle, for the process itself would close the output before the last lines are read.
        process.toHandle().destroyForcibly();
        process.waitFor();
        reader.join();
        return List.copyOf(lines);
    }

    /** Stops all its threads, as when its machine stands still. */
    void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("kill " + signal + " ended with " + status);
        }
    }

    int awaitEnd() throws InterruptedException {
        int status = process.waitFor();
        reader.join();
        return status;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            String line;
            while ((line = output.readLine()) != null) {
                if (line.equals("READY")) {
                    ready.countDown();
                } else {
                    lines.add(line);
                }
            }
        } catch (IOException ex) {
            lines.add("unreadable output: " + ex);
        } finally {
            ready.countDown();
        }
    }
}
