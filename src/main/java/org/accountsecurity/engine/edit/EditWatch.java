package org.accountsecurity.engine.edit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Polls the folders and deploys once two polls have found the same contents, as an editor may write a file more than
 * once. The notifications of file systems are seconds late, or missing, on half of the operating systems.
 */
@Component
@Profile("demo")
class EditWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EditWatch.class);

    private static final int PERIOD_MILLISECONDS = 300;

    private final ModelFolders folders;
    private final EditedModels models;

    private ScheduledExecutorService looks;
    private Map<String, String> seen;
    private Map<String, String> tried;

    EditWatch(EditSettings settings, EditedModels models) {
        this.folders = ModelFolders.in(Path.of(settings.folder()));
        this.models = models;
    }

    @Override
    public synchronized void start() {
        if (folders.exist()) {
            looks = Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("edit-"));
            looks.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLISECONDS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void stop() {
        if (looks != null) {
            looks.shutdown();
            looks = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return looks != null;
    }

    /** Never throws, as the scheduler would stop. */
    void look() {
        try {
            deployWhatHasSettled();
        } catch (IOException e) {
            // a file is being saved; the next poll is soon
        } catch (RuntimeException | Error e) {
            LOG.error("Could not look into the folders of models and forms; save a file again to have it deployed", e);
        }
    }

    private void deployWhatHasSettled() throws IOException {
        Map<String, String> now = folders.read();
        boolean settled = now.equals(seen);
        seen = now;
        if (settled && !now.equals(tried)) {
            tried = now;
            models.deploy(now);
        }
    }
}
