package org.accountsecurity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Says the same to everybody who connects, whatever they say, and then keeps to its way. */
class SlowServer implements AutoCloseable {

    private static final int DRIP_MILLISECONDS = 50;

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch left = new CountDownLatch(1);
    private final String says;
    private final Then then;

    enum Then {
        SILENT,
        DRIPS,
        HANGS_UP
    }

    SlowServer(String says, Then then) throws IOException {
        this.says = says;
        this.then = then;
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Until a client has closed its connection. */
    void awaitLeft() throws InterruptedException {
        assertThat(left.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdown();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client) {
            say(client, says);
            if (then == Then.HANGS_UP) {
                client.shutdownOutput();
            }
            client.setSoTimeout(DRIP_MILLISECONDS);
            while (reads(client)) {
                if (then == Then.DRIPS) {
                    say(client, "220-wait\r\n");
                }
            }
        } catch (IOException e) {
            // reset by the client
        } finally {
            left.countDown();
        }
    }

    private static boolean reads(Socket client) throws IOException {
        try {
            return client.getInputStream().read(new byte[4096]) >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
