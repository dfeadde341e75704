package org.accountsecurity.engine.rehearsal;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Rehearses files before they are deployed, in a process that may be kept for the next ones. */
@Component
public class DeploymentRehearsal implements DisposableBean {

    private final DeploymentRehearsalSettings settings;
    private final List<String> known;
    private ReleaseFiles release;
    private RehearsalProcess process;
    private CompletableFuture<Void> kept = new CompletableFuture<>();
    private Map<String, ByteBuffer> lastFiles = Map.of();
    private RehearsalReport lastReport = RehearsalReport.NOTHING;
    private volatile int steps = -1;

    DeploymentRehearsal(DeploymentRehearsalSettings settings, Environment environment) {
        this.settings = settings;
        this.known = RehearsalSettings.in(environment);
    }

    /** The steps taken by the rehearsal in progress; negative if there is none. */
    public int steps() {
        return steps;
    }

    /** Whether these files need a rehearsal, as the release does not ship them. */
    public synchronized boolean wants(Map<String, byte[]> files) {
        return settings.atDeployment() && !release().include(files);
    }

    /** Rehearses files that the release does not ship; the last files are not rehearsed again. */
    public synchronized RehearsalReport rehearse(Map<String, byte[]> files) {
        if (!wants(files)) {
            return RehearsalReport.NOTHING;
        }
        if (!comparable(files).equals(lastFiles)) {
            steps = 0;
            try {
                RehearsalReport report =
                        process().rehearse(release().completed(files), settings.timeLimit(), taken -> steps = taken);
                if (!report.refusals().isEmpty()) {
                    return report;
                }
                lastReport = report;
                lastFiles = comparable(files);
            } finally {
                steps = -1;
                endLater();
            }
        }
        return lastReport;
    }

    /** The findings in these files if they were rehearsed last. */
    public synchronized List<RehearsalFinding> lastFindings(Map<String, byte[]> files) {
        return comparable(files).equals(lastFiles) ? lastReport.findings() : List.of();
    }

    private static Map<String, ByteBuffer> comparable(Map<String, byte[]> files) {
        return files.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, file -> ByteBuffer.wrap(file.getValue())));
    }

    private ReleaseFiles release() {
        if (release == null) {
            release = new ReleaseFiles();
        }
        return release;
    }

    private RehearsalProcess process() {
        kept.cancel(false);
        if (process == null || !process.isAlive()) {
            destroy();
            process = new RehearsalProcess(settings.memory(), known);
        }
        return process;
    }

    private void endLater() {
        kept = new CompletableFuture<>();
        kept.thenRunAsync(this::destroy);
        kept.completeOnTimeout(null, settings.keptFor().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void destroy() {
        kept.cancel(false);
        if (process != null) {
            process.close();
            process = null;
        }
    }
}
