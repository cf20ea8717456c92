package dev.cacheness.internal.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between a driver and a server, and breaks a connection at a chosen moment. */
final class FaultyProxy implements AutoCloseable {

    enum Fault {
        NONE,

        /** The next request never reaches the server. */
        LOSE_REQUEST,

        /** The next request is done, but its answer never comes. */
        LOSE_ANSWER,

        /** As LOSE_ANSWER, for the request that asks for a commit. */
        LOSE_ANSWER_OF_COMMIT
    }

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    private final int serverPort;

    /** The next fault; it happens once. */
    private final AtomicReference<Fault> fault = new AtomicReference<>(Fault.NONE);

    private volatile CountDownLatch thawed = new CountDownLatch(0);

    FaultyProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        start("proxy", () -> {
            while (true) {
                serve(listener.accept());
            }
        });
    }

    int port() {
        return listener.getLocalPort();
    }

    void next(Fault next) {
        fault.set(next);
    }

    /** From now on nothing passes, and nobody is told; as when a cable is cut. */
    void freeze() {
        thawed = new CountDownLatch(1);
    }

    /** What was held up passes, and everything after it. */
    void thaw() {
        thawed.countDown();
    }

    /** Whether the fault has happened. */
    boolean isQuiet() {
        return fault.get() == Fault.NONE;
    }

    @SuppressWarnings("resource")
    private void serve(Socket client) throws IOException {
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        start("proxy-requests", () -> pass(client, server, Fault.LOSE_REQUEST));
        start("proxy-answers", () -> pass(server, client, Fault.LOSE_ANSWER));
    }

    private void pass(Socket from, Socket to, Fault mine) throws IOException, InterruptedException {
        byte[] buffer = new byte[65_536];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int count;
            while ((count = in.read(buffer)) >= 0) {
                thawed.await();
                if (fault.compareAndSet(mine, Fault.NONE)) {
                    return;
                }
                if (mine == Fault.LOSE_REQUEST && isCommit(buffer, count)) {
                    fault.compareAndSet(Fault.LOSE_ANSWER_OF_COMMIT, Fault.LOSE_ANSWER);
                }
                out.write(buffer, 0, count);
            }
        }
    }

    private static boolean isCommit(byte[] buffer, int count) {
        return new String(buffer, 0, count, StandardCharsets.ISO_8859_1).contains("COMMIT");
    }

    private static void start(String name, Task task) {
        var thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException | InterruptedException e) {
                        // One side has gone, which is what the tests are about.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    @FunctionalInterface
    private interface Task {

        void run() throws IOException, InterruptedException;
    }
}
