package org.accountsecurity.engine.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.accountsecurity.engine.worker.RiskCheck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What walks find in models that no guard has looked at. */
class RehearsalIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String UNGUARDED = "org.accountsecurity.engine.guard.UnguardedRehearsal";

    private static RehearsalProcess process;

    @BeforeAll
    static void aProcessOfItsOwn() {
        process = new RehearsalProcess(UNGUARDED, "512m", List.of());
    }

    @AfterAll
    static void end() {
        process.close();
    }

    @Test
    @DisplayName("in what is shipped nothing is found, and each flow is taken")
    void inWhatIsShippedNothingIsFound() {
        RehearsalReport report = rehearse(shipped());

        assertThat(report.refusals()).isEmpty();
        assertThat(report.findings()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1} → {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "deregistration-preparation.bpmn|>wallet<|>walet<|ServiceTask_CheckWallet|申请“注销账户”",
                "account-deregistration.bpmn|sourceRef=\"BoundaryEvent_NoticeLapsed\" targetRef=\"EndEvent_RequestLapsed\"|sourceRef=\"BoundaryEvent_NoticeLapsed\" targetRef=\"UserTask_ReadNotice\"|UserTask_ReadNotice|3 天未答复",
                "account-deregistration.bpmn|${beginCoolingOffDelegate}|${beginCoolingOfDelegate}|ServiceTask_BeginCoolingOff|确认注销",
                "deregistration-preparation.bpmn|errorCode=\"Withdrawn\"|errorCode=\"Withdrew\"|EndEvent_Withdrawn|撤回申请",
                "enter-code.form|^[0-9]{6}$|^[a-z]{6}$|UserTask_EnterCode|填收到的验证码",
                "handle-contest.form|本人操作，解除限制|本人操作|contested-request|工作人员在“核实异议”选“本人操作”",
            })
    @DisplayName("a fault is refused with its steps and its way")
    void aFaultIsRefused(String file, String text, String otherwise, String place, String step) {
        RehearsalReport report = rehearse(with(file, text, otherwise));

        RehearsalFinding finding = report.findings().stream()
                .filter(one -> one.refuses()
                        && (one.element().equals(place) || one.process().equals(place)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(report.toString()));
        assertThat(finding.steps())
                .anySatisfy(said -> assertThat(said).asString().contains(step));
        assertThat(finding.way()).extracting(RehearsalFinding.Passed::element).contains(finding.element());
    }

    @Tag("depth")
    @ParameterizedTest(name = "{0}: {1} → {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "phone-unbinding.bpmn|targetRef=\"Gateway_VerificationNeeded\"|targetRef=\"UserTask_EnterNewPhone\"|phone-unbinding|输入新手机号",
                "account-deregistration.bpmn|${coolingOff}|${!coolingOff}|Flow_CoolingOffYes|确认注销",
                "retention-purge.bpmn|${complete}|${!complete}|Flow_PurgedNo|到期清理",
                "phone-unbinding.bpmn|${choice == 'CONFIRM'}|${chioce == 'CONFIRM'}|Gateway_UnbindingConfirmed|确认更换",
                "confirm-deregistration.form|\"CONFIRM\"|\"CONFIRMED\"|EndEvent_RequestWithdrawn|确认注销",
                "enter-code.form|\"type\": \"textfield\"|\"type\": \"number\"|verification-code|输入验证码",
                "enter-code.form|=choice != |=((|UserTask_EnterCode|输入验证码",
                "confirm-deregistration.form|确认注销这个账户吗|继续吗|account-deregistration|确认注销",
                "handle-contest.form|\"NOT_OWN\"|\"STRANGER\"|contested-request|工作人员在“核实异议”",
                "verification-code.bpmn|sourceRef=\"ServiceTask_VoidCode\" targetRef=\"UserTask_RenewCode\"|sourceRef=\"ServiceTask_VoidCode\" targetRef=\"UserTask_EnterCode\"|UserTask_EnterCode|验证码已过期",
            })
    @DisplayName("so is any other")
    void anyOtherFaultIsRefused(String file, String text, String otherwise, String place, String step) {
        aFaultIsRefused(file, text, otherwise, place, step);
    }

    @Test
    @DisplayName("a flow that no answer leads to is a warning")
    void aFlowThatNoAnswerLeadsToIsAWarning() {
        RehearsalReport report =
                rehearse(with("deregistration-preparation.bpmn", "${choice == 'SETTLE'}", "${choice == 'SETTLED'}"));

        assertThat(report.reasons()).isEmpty();
        assertThat(report.warnings()).extracting(RehearsalFinding::element).contains("Flow_ResolutionSettle");
    }

    @Test
    @DisplayName("what a diagram never does and the system would do later is a warning")
    void whatADiagramNeverDoesIsAWarning() {
        assertThat(rehearse(with("phone-unbinding.bpmn", "${notifyBothNumbersDelegate}", "${checkNewPhoneDelegate}"))
                        .warnings())
                .extracting(finding -> finding.text().toString())
                .contains("没有一种走法做到“通知新旧手机号”，要等系统到期补做。");
        assertThat(rehearse(with("phone-unbinding.bpmn", "${phoneChangeEndedListener}", "${contestEndedListener}"))
                        .warnings())
                .extracting(finding -> finding.text().toString())
                .anySatisfy(text -> assertThat(text).contains("申请还开着"));
    }

    @Test
    @DisplayName("a worker gives each answer and each error of its topic, or comes too late")
    void aWorkerGivesEachAnswer() {
        List<String> known = List.of(
                "--account-security.workers.topics.risk-check.reads=holderVerificationRequired",
                "--account-security.workers.topics.risk-check.writes.workerRisk=LOW,HIGH",
                "--account-security.workers.topics.risk-check.writes.workerKnown=boolean",
                "--account-security.workers.topics.risk-check.errors=RISK_UNKNOWN");
        try (RehearsalProcess guarded = new RehearsalProcess("512m", known)) {
            RehearsalReport asShown = guarded.rehearse(bytes(RiskCheck.files()), PATIENCE, steps -> {});

            assertThat(asShown.refusals()).isEmpty();
            assertThat(asShown.findings()).isEmpty();

            Map<String, String> late = RiskCheck.files();
            RiskCheck.edit(
                    late,
                    "sourceRef=\"BoundaryEvent_RiskLate\" targetRef=\"UserTask_ReadUnbindingNotice\"",
                    "sourceRef=\"BoundaryEvent_RiskLate\" targetRef=\"Gateway_RiskHigh\"");

            assertThat(guarded.rehearse(bytes(late), PATIENCE, steps -> {}).findings())
                    .filteredOn(RehearsalFinding::refuses)
                    .anySatisfy(finding -> {
                        assertThat(finding.element()).isEqualTo("Gateway_RiskHigh");
                        assertThat(finding.steps()).last().asString().contains("10 分钟未评估");
                    });
        }
    }

    private static Map<String, byte[]> bytes(Map<String, String> files) {
        Map<String, byte[]> bytes = new TreeMap<>();
        files.forEach((name, content) -> bytes.put(name, content.getBytes(StandardCharsets.UTF_8)));
        return bytes;
    }

    private static RehearsalReport rehearse(Map<String, byte[]> files) {
        return process.rehearse(files, PATIENCE, steps -> {});
    }

    private static Map<String, byte[]> with(String file, String text, String otherwise) {
        Map<String, byte[]> files = shipped();
        String content = new String(files.get(file), StandardCharsets.UTF_8);
        assertThat(content).contains(text);
        files.put(file, content.replace(text, otherwise).getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private static Map<String, byte[]> shipped() {
        Map<String, byte[]> files = new TreeMap<>();
        for (String folder : List.of("processes", "forms")) {
            try (Stream<Path> paths = Files.list(Path.of(folder))) {
                for (Path path : paths.toList()) {
                    files.put(path.getFileName().toString(), Files.readAllBytes(path));
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return files;
    }
}
