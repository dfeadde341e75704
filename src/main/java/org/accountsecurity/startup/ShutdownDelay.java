package org.accountsecurity.startup;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Keeps answering for a while after the readiness probe fails, until the load balancer has stopped sending requests. */
@Component
class ShutdownDelay implements SmartLifecycle {

    private final Duration time;

    private volatile boolean running;

    ShutdownDelay(ShutdownSettings settings) {
        this.time = settings.drain();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
