package org.accountsecurity.engine.rehearsal;

import java.util.List;
import java.util.stream.Stream;
import org.accountsecurity.engine.guard.UnsafeDeploymentException;
import org.accountsecurity.text.Sentence;

/** A rehearsal has found faults. */
public class RehearsalFailedException extends UnsafeDeploymentException {

    private static final String HEADLINE = "rehearsal.refused";

    private final transient RehearsalReport report;

    RehearsalFailedException(RehearsalReport report) {
        super(Sentence.of(HEADLINE), report.reasons());
        this.report = report;
    }

    /** The headline and the reasons that belong to no path. */
    public List<Sentence> ownLines() {
        return Stream.concat(Stream.of(Sentence.of(HEADLINE)), report.refusals().stream())
                .toList();
    }

    public RehearsalReport report() {
        return report;
    }
}
