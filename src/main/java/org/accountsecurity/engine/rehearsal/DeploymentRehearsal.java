package org.accountsecurity.engine.rehearsal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/** Has files rehearsed before they are deployed, by a process that is started for it and may be kept for the next ones. */
@Component
public class DeploymentRehearsal implements DisposableBean {

    private final boolean atDeployment;
    private final Duration timeLimit;
    private final String memory;
    private final Duration keptFor;
    private final List<String> known;
    private final ScheduledThreadPoolExecutor endings =
            new ScheduledThreadPoolExecutor(1, new CustomizableThreadFactory("rehearsal-end-"));

    private ReleaseFiles release;
    private RehearsalProcess process;
    private ScheduledFuture<?> ending;
    private String lastFiles;
    private RehearsalReport lastReport;
    private volatile int steps = -1;

    DeploymentRehearsal(
            @Value("${account-security.rehearsal.at-deployment:true}") boolean atDeployment,
            @Value("${account-security.rehearsal.time-limit:180s}") Duration timeLimit,
            @Value("${account-security.rehearsal.memory:384m}") String memory,
            @Value("${account-security.rehearsal.kept-for:0s}") Duration keptFor,
            Environment environment) {
        this.atDeployment = atDeployment;
        this.timeLimit = timeLimit;
        this.memory = memory;
        this.keptFor = keptFor;
        this.known = KnownToRehearsals.in(environment);
        endings.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** How many steps of the rehearsal under way were taken; negative if there is none. */
    public int steps() {
        return steps;
    }

    /** Whether these files are rehearsed at all: not what the release ships. */
    public synchronized boolean wants(Map<String, byte[]> files) {
        return atDeployment && !release().include(files);
    }

    /** Rehearses what the release does not ship; what was rehearsed last is not again. */
    public synchronized RehearsalReport rehearse(Map<String, byte[]> files) {
        if (!wants(files)) {
            return RehearsalReport.NOTHING;
        }
        String digest = digest(files);
        if (!digest.equals(lastFiles)) {
            steps = 0;
            try {
                lastReport = process().rehearse(release().completed(files), timeLimit, taken -> steps = taken);
                lastFiles = digest;
            } finally {
                steps = -1;
                endLater();
            }
        }
        return lastReport;
    }

    /** What was found in these files if they were rehearsed last. */
    public synchronized List<RehearsalFinding> lastFindings(Map<String, byte[]> files) {
        return digest(files).equals(lastFiles) ? lastReport.findings() : List.of();
    }

    private ReleaseFiles release() {
        if (release == null) {
            release = new ReleaseFiles();
        }
        return release;
    }

    private RehearsalProcess process() {
        if (ending != null) {
            ending.cancel(false);
        }
        if (process != null && !process.isAlive()) {
            end();
        }
        if (process == null) {
            process = new RehearsalProcess(memory, known);
        }
        return process;
    }

    private void endLater() {
        if (keptFor.isZero() || process == null || !process.isAlive()) {
            end();
        } else {
            ending = endings.schedule(this::end, keptFor.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void end() {
        if (process != null) {
            process.close();
            process = null;
        }
    }

    @Override
    public void destroy() {
        endings.shutdownNow();
        end();
    }

    private static String digest(Map<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(files).forEach((name, content) -> {
                digest.update((name + "/" + content.length + "/").getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
