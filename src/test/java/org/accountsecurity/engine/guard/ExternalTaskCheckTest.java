package org.accountsecurity.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.accountsecurity.engine.worker.RiskCheck;
import org.accountsecurity.testing.ApplicationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** An external task may be deployed as the guide shows it, and in no way that would hang or run code. */
@ApplicationTest
class ExternalTaskCheckTest {

    private static final String TASK = "ServiceTask_AssessRisk";

    @Autowired
    DeploymentGuard guard;

    @Test
    @DisplayName("an external task with a declared topic, a timer and an event for its error may be deployed")
    void anExternalTaskMayBeDeployed() {
        assertThat(findings(RiskCheck.files())).isEmpty();
        assertThat(RiskCheck.example("docs/owners/for-process-owners.zh-CN.md"))
                .isEqualTo(RiskCheck.example("docs/owners/for-process-owners.md"));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            camunda:topic="risk-check" | camunda:topic="other"                                          | Topic
            camunda:topic="risk-check" | camunda:topic="${subject}"                                     | topic
            camunda:topic="risk-check" | camunda:topic="#{execution.setVariable('a', 1)}"               | topic
            camunda:topic="risk-check" | camunda:topic=" risk-check"                                    | topic
            camunda:topic="risk-check" |                                                                | Topic
            camunda:type="external"    |                                                                | External
            camunda:type="external"    | camunda:type="mail"                                            | type
            camunda:type="external"    | camunda:type="EXTERNAL"                                        | type
            camunda:type="external"    | camunda:type="shell" camunda:delegateExpression="${voidCodeDelegate}" | type
            camunda:topic="risk-check" | camunda:topic="risk-check" camunda:delegateExpression="${voidCodeDelegate}" | External
            camunda:topic="risk-check" | camunda:topic="risk-check" camunda:taskPriority="${x.y()}"     | taskPriority
            attachedToRef="ServiceTask_AssessRisk"> | attachedToRef="ServiceTask_AssessRisk" cancelActivity="false"> | 定时边界事件
            <bpmn:errorEventDefinition id="BoundaryEvent_RiskUnknown_Definition" errorRef="Error_RiskUnknown" /> | <bpmn:errorEventDefinition id="BoundaryEvent_RiskUnknown_Definition" errorRef="Error_PhoneTaken" /> | RISK_UNKNOWN
            <camunda:property name="step" value="1" /> | <camunda:property name="step" value="1" /></camunda:properties><camunda:errorEventDefinition errorRef="Error_RiskUnknown" expression="${x.y()}" /><camunda:properties> | errorEventDefinition
            <camunda:property name="step" value="1" /> | <camunda:property name="step" value="1" /></camunda:properties><camunda:inputOutput><camunda:inputParameter name="subject">x</camunda:inputParameter></camunda:inputOutput><camunda:properties> | subject
            """)
    @DisplayName("an external task that nobody does, that is none, or that would run code is refused at its place")
    void anyOtherExternalTaskIsRefused(String text, String otherwise, String told) {
        Map<String, String> files = RiskCheck.files();
        RiskCheck.edit(files, text, otherwise == null ? "" : otherwise);

        assertThat(findings(files)).anySatisfy(finding -> {
            assertThat(finding.element()).isEqualTo(TASK);
            assertThat(finding.toString()).contains(told).contains("请");
        });
    }

    private List<Finding> findings(Map<String, String> files) {
        return guard.findings(files.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, file -> file.getValue().getBytes(StandardCharsets.UTF_8))));
    }
}
