package org.accountsecurity.deregistration.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class ExportWorkerTest {

    @ParameterizedTest
    @DisplayName("whatever one copy ends with, the next is made")
    @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class, NoClassDefFoundError.class})
    void whateverOneCopyEndsWith(Class<? extends Throwable> failure) throws InterruptedException {
        ExportSettings settings = new ExportSettings(1, Duration.ofMinutes(1), DataSize.ofMegabytes(1));
        CountDownLatch looks = new CountDownLatch(2);
        ExportMaking making = new ExportMaking(null, null, null, null, settings, null) {
            @Override
            public boolean makeNext() {
                looks.countDown();
                throw thrown(failure);
            }
        };
        ExportWorker worker = new ExportWorker(making, settings, true);
        worker.start();
        try {
            assertThat(looks.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            worker.stop();
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
