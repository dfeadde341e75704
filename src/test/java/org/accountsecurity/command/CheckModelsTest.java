package org.accountsecurity.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.accountsecurity.testing.Modeler;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process owner sees who checks files before deploying them. */
@Tag("slow")
class CheckModelsTest {

    private static final String DIAGRAM = "account-deregistration.bpmn";
    private static final int MINUTES = 5;

    @TempDir
    Path folder;

    /** How it ended, and what it said. */
    private record Ended(int code, String said) {}

    @Test
    @DisplayName("what is shipped may be deployed")
    void whatIsShippedMayBeDeployed() throws Exception {
        Ended ended = check(
                Path.of("processes").toAbsolutePath().toString(),
                Path.of("forms").toAbsolutePath().toString());

        assertThat(ended.said())
                .isEqualToIgnoringNewLines(Modeler.everythingWith(DIAGRAM).size() + " 个文件可以部署。");
        assertThat(ended.code()).isZero();
    }

    @Test
    @DisplayName("what the guard refuses is named, and so is a file that two folders have")
    void whatTheGuardRefusesIsNamed() throws Exception {
        write(folder, "P190D", "half a year");
        Path copy = Files.createDirectory(folder.resolve("copy"));
        Files.copy(folder.resolve("enter-code.form"), copy.resolve("enter-code.form"));

        Ended ended = check(folder.toString());

        assertThat(ended.said())
                .startsWith("这些文件不能部署：")
                .contains("enter-code.form 在两个目录里都有。请删去其中一个，或改名。")
                .contains("account-deregistration “注销账户”没有可用的历史保存期限。请");
        assertThat(ended.code()).isOne();
    }

    @Test
    @DisplayName("what only the engine refuses is said under a Chinese sentence")
    void whatOnlyTheEngineRefusesIsSaid() throws Exception {
        write(
                folder,
                "</bpmn:process>",
                "<bpmn:association id=\"Association_Lost\" sourceRef=\"Lost\" targetRef=\"UserTask_ReadNotice\" /></bpmn:process>");

        Ended ended = check(folder.toString());

        assertThat(ended.said())
                .startsWith("这些文件不能部署：")
                .contains("流程引擎不接受，请按它的说明改正：")
                .contains("Lost");
        assertThat(ended.code()).isOne();
    }

    private static void write(Path folder, String text, String otherwise) throws IOException {
        for (Map.Entry<String, String> file : Modeler.everythingWith(DIAGRAM).entrySet()) {
            String content = file.getKey().equals(DIAGRAM) ? file.getValue().replace(text, otherwise) : file.getValue();
            Files.writeString(folder.resolve(file.getKey()), content);
        }
    }

    private static Ended check(String... paths) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                CheckModels.class.getName()));
        command.addAll(List.of(paths));
        Path output = Files.createTempFile("check", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // a node runs beside it, from the same environment
        try (ServerSocket node = new ServerSocket(0)) {
            String port = Integer.toString(node.getLocalPort());
            builder.environment().putAll(Map.of("SERVER_PORT", port, "MANAGEMENT_SERVER_PORT", port));
            Process process = builder.start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("it goes on");
            }
            return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        }
    }
}
