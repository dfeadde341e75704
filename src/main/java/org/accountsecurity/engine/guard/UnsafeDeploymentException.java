package org.accountsecurity.engine.guard;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.text.Sentence;
import org.camunda.bpm.engine.exception.NotValidException;

/** Says, a line for each finding, why a deployment was refused; its message is in the language of the thread that deploys. */
public class UnsafeDeploymentException extends NotValidException {

    private final transient List<Sentence> lines;

    protected UnsafeDeploymentException(Sentence headline, List<Sentence> findings) {
        super(Stream.concat(Stream.of(headline), findings.stream())
                .map(Sentence::toString)
                .collect(Collectors.joining("\n")));
        this.lines = Stream.concat(Stream.of(headline), findings.stream()).toList();
    }

    List<Sentence> lines() {
        return lines;
    }
}
