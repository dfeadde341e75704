package org.accountsecurity.engine.rehearsal;

import java.util.List;
import java.util.stream.Stream;
import org.accountsecurity.text.Sentence;

/**
 * The result of a rehearsal.
 *
 * @param refusals why no path, or not every path, was walked
 * @param findings the findings of the paths
 */
public record RehearsalReport(List<Sentence> refusals, List<RehearsalFinding> findings) {

    /** The report where nothing was rehearsed. */
    static final RehearsalReport NOTHING = refused(List.of());

    /** A report on files that were not walked, or not to the end. */
    public static RehearsalReport refused(List<Sentence> refusals) {
        return new RehearsalReport(refusals, List.of());
    }

    /** The reasons against the deployment, one sentence each; empty if there are none. */
    public List<Sentence> reasons() {
        return Stream.concat(
                        refusals.stream(),
                        findings.stream().filter(RehearsalFinding::refuses).map(RehearsalFinding::line))
                .toList();
    }

    /** The findings that do not prevent the deployment. */
    public List<RehearsalFinding> warnings() {
        return findings.stream().filter(finding -> !finding.refuses()).toList();
    }
}
