package org.accountsecurity;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** The tests of a run are shared out among processes, of which each leaves here what its own have passed. */
final class PassesOfARun {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROCESS = Long.toString(ProcessHandle.current().pid());
    /** Outside Maven every process is a run of its own. */
    private static final String RUN =
            System.getProperty("account-security.test.run", PROCESS).replaceAll("\\W", "");

    private final Path folder;

    PassesOfARun(Path folder) {
        this.folder = folder;
    }

    /** Adds those of this process and draws all that there are, while no other process does. */
    void report(Set<FlowCoverage.Pass> passes, Path diagrams, Path target) throws IOException {
        Files.createDirectories(folder);
        try (FileChannel file =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            forgetOtherRuns();
            Path run = Files.createDirectories(folder.resolve(RUN));
            JSON.writeValue(run.resolve(PROCESS + ".json").toFile(), passes);
            CoverageReport.write(diagrams, all(run), target);
        }
    }

    private void forgetOtherRuns() throws IOException {
        for (Path run : list(folder)) {
            if (Files.isDirectory(run) && !run.getFileName().toString().equals(RUN)) {
                FileSystemUtils.deleteRecursively(run);
            }
        }
    }

    private static Set<FlowCoverage.Pass> all(Path run) throws IOException {
        Set<FlowCoverage.Pass> all = new HashSet<>();
        for (Path process : list(run)) {
            all.addAll(JSON.readValue(process.toFile(), new TypeReference<Set<FlowCoverage.Pass>>() {}));
        }
        return all;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
