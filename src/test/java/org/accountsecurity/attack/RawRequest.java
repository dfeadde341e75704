package org.accountsecurity.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request line as no HTTP library would send it. */
final class RawRequest {

    private static final int PATIENCE = 10_000;

    private RawRequest() {}

    /** The status of the answer. */
    static int status(int port, String method, String path, String cookies) {
        return Integer.parseInt(answer(port, method, path, cookies).split(" ", 3)[1]);
    }

    /** The whole answer, head and body. */
    static String answer(int port, String method, String path, String cookies) {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(PATIENCE);
            String head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookies
                    + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
