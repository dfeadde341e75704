package org.accountsecurity.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerTest {

    @ParameterizedTest
    @DisplayName("whatever one thing ends with, the next is done")
    @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class, NoClassDefFoundError.class})
    void whateverOneEndsWith(Class<? extends Throwable> failure) throws InterruptedException {
        CountDownLatch looks = new CountDownLatch(2);
        WorkerThreads worker = worker(1, () -> {
            looks.countDown();
            throw thrown(failure);
        });

        worker.start();

        assertThat(looks.await(20, TimeUnit.SECONDS)).isTrue();
        worker.stop();
    }

    @Test
    @DisplayName("what is being done when the node ends comes to its end, and nothing is begun after it")
    void whatIsBeingDoneComesToItsEnd() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(2);
        WorkerThreads worker = worker(1, () -> {
            begun.countDown();
            awaitUninterrupted(stopping);
            done.countDown();
            return true;
        });
        worker.start();
        worker.wake();
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

        Thread end = new Thread(worker::stop);
        end.start();
        while (end.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        stopping.countDown();
        end.join();

        assertThat(done.getCount()).isOne();
        assertThat(worker.isRunning()).isFalse();
    }

    private static WorkerThreads worker(int threads, BooleanSupplier next) {
        return new WorkerThreads("things", threads, Duration.ofSeconds(20), next);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("it was interrupted", e);
        }
    }

    private static RuntimeException thrown(Class<? extends Throwable> failure) {
        try {
            Throwable thrown = failure.getDeclaredConstructor().newInstance();
            if (thrown instanceof Error error) {
                throw error;
            }
            return (RuntimeException) thrown;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
