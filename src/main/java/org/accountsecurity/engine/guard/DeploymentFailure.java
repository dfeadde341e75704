package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.accountsecurity.text.Sentence;

/** The explanation of a failed deployment for its owner. */
public final class DeploymentFailure {

    private DeploymentFailure() {}

    /** The findings of the guard, or the message of the engine; the first line is a headline. */
    public static List<Sentence> lines(Throwable failure) {
        if (failure instanceof UnsafeDeploymentException unsafe) {
            return unsafe.lines();
        }
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return List.of(Sentence.of("guard.engine-refuses-silently"));
        }
        List<Sentence> lines = new ArrayList<>(List.of(Sentence.of("guard.engine-refuses")));
        message.lines().filter(line -> !line.isBlank()).map(Sentence::plain).forEach(lines::add);
        return lines;
    }

    /** The same, in the language of this thread. */
    public static String text(Throwable failure) {
        return lines(failure).stream().map(Sentence::toString).collect(Collectors.joining("\n"));
    }
}
