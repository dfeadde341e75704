package org.accountsecurity.engine.rehearsal;

import java.util.List;
import java.util.stream.Stream;
import org.accountsecurity.text.Sentence;

/**
 * What came of a rehearsal.
 *
 * @param refusals why nothing was walked, or not to the end
 * @param findings of the walks
 */
public record RehearsalReport(List<Sentence> refusals, List<RehearsalFinding> findings) {

    /** Nothing was found, as nothing was rehearsed. */
    static final RehearsalReport NOTHING = refused(List.of());

    /** Of files that were not walked, or not to the end. */
    public static RehearsalReport refused(List<Sentence> refusals) {
        return new RehearsalReport(refusals, List.of());
    }

    /** Why the files may not be deployed, a sentence each; empty if they may. */
    public List<Sentence> reasons() {
        return Stream.concat(
                        refusals.stream(),
                        findings.stream().filter(RehearsalFinding::refuses).map(RehearsalFinding::line))
                .toList();
    }

    /** What refuses nothing, and an owner should know. */
    public List<RehearsalFinding> warnings() {
        return findings.stream().filter(finding -> !finding.refuses()).toList();
    }
}
