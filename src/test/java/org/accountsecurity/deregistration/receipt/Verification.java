package org.accountsecurity.deregistration.receipt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code docs/integrators/VerifyReceipt.java} says, called as docs/integrators/receipt.md says. */
record Verification(int exitCode, String output) {

    static Verification of(String jws, String jwks, Path folder) throws IOException, InterruptedException {
        Path receipt = Files.writeString(folder.resolve("receipt.jws"), jws);
        Path keys = Files.writeString(folder.resolve("jwks.json"), jwks);
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "docs/integrators/VerifyReceipt.java",
                        receipt.toString(),
                        keys.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Verification(program.waitFor(), output);
    }
}
