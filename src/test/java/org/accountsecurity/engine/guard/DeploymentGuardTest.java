package org.accountsecurity.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.accountsecurity.testing.ApplicationTest;
import org.accountsecurity.text.Sentence;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@ApplicationTest
class DeploymentGuardTest {

    private static final String FAILED = "里有检查不了的内容。请撤销最近的修改，再一处一处地改；原因在应用的日志里，请转给开发人员。";

    @Autowired
    DeploymentGuard guard;

    @Test
    @DisplayName("what is shipped passes")
    void whatIsShippedPasses() {
        assertThat(guard.findings(new ModelEdit().files())).isEmpty();
    }

    @Test
    @DisplayName("where nothing but a failing check has anything to say, the files are refused; the others go on")
    void aFailingCheckRefusesTheFiles() {
        Check failing = models -> {
            throw new StackOverflowError();
        };
        Finding found = new Finding("enter-code.form", Sentence.plain("不对。请改正。"));

        assertThat(guard(failing).findings(new ModelEdit().files()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.element()).contains("data-erasure.bpmn", "enter-code.form"))
                .satisfies(finding -> assertThat(finding.text()).hasToString(FAILED));
        assertThat(guard(failing, models -> Stream.of(found)).findings(new ModelEdit().files()))
                .containsExactly(found);
    }

    @ParameterizedTest
    @CsvSource({"20, 20, 20", "21, 20, 2", "300, 20, 281"})
    @DisplayName("of one file twenty lines are shown, the last of which counts the rest")
    void ofOneFileTwentyLinesAreShown(int found, int shown, int counted) {
        Check check = models ->
                IntStream.rangeClosed(1, found).mapToObj(i -> new Finding("cool-off.form", Sentence.plain("错误 " + i)));
        Finding other = new Finding("UserTask_EnterCode", Sentence.plain("不对。请改正。"));

        List<Finding> findings = guard(check, models -> Stream.of(other)).findings(new ModelEdit().files());

        assertThat(findings).hasSize(shown + 1).contains(other);
        assertThat(findings.get(shown - 1).text())
                .hasToString(found == shown ? "错误 " + counted : "还有 " + counted + " 处问题没有列出。请先改正上面的。");
    }

    private DeploymentGuard guard(Check... checks) {
        return new DeploymentGuard(List.of(checks));
    }
}
