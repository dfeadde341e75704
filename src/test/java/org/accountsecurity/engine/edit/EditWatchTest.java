package org.accountsecurity.engine.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EditWatchTest {

    @TempDir
    Path checkout;

    private final List<Map<String, String>> deployed = Collections.synchronizedList(new ArrayList<>());

    static Stream<Runnable> failures() {
        return Stream.of(
                () -> {
                    throw new StackOverflowError();
                },
                () -> {
                    throw new NoClassDefFoundError();
                },
                () -> {
                    throw new IllegalStateException();
                });
    }

    @ParameterizedTest
    @MethodSource("failures")
    @DisplayName("a failure does not end the watch: what is saved next is deployed")
    void aFailureDoesNotEndTheWatch(Runnable failure) throws IOException {
        EditWatch watch = new EditWatch(new EditSettings(checkout.toString()), new FailingModels(failure));
        Files.createDirectory(checkout.resolve("processes"));
        Path form = Files.createDirectory(checkout.resolve("forms")).resolve("a.form");
        Files.writeString(form, "first");
        watch.start();
        try {
            await().until(() -> deployed.size() == 1);

            Files.writeString(form, "second");

            await().until(() -> deployed.size() == 2);
            assertThat(deployed.get(1)).containsEntry("a.form", "second");
        } finally {
            watch.stop();
        }
    }

    private class FailingModels extends EditedModels {

        private final Runnable failure;

        FailingModels(Runnable failure) {
            super(null, null, null);
            this.failure = failure;
        }

        @Override
        void deploy(Map<String, String> contents) {
            deployed.add(contents);
            failure.run();
        }
    }
}
