package org.accountsecurity.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Modeler;
import org.accountsecurity.testing.Visitor;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrailPageTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";

    @ParameterizedTest
    @ValueSource(strings = {"support", "owner", "admin"})
    @DisplayName("staff reads the steps of a request in the words of its diagram, with their time")
    void staffReadsTheSteps(String staff) {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        journey.execute(journey.job(request, "BoundaryEvent_NoticeLapsed"));

        String page = read(staff, number());

        assertThat(page)
                .contains("2026-11-23 10:00:00")
                .containsSubsequence("申请注销", "登记申请", "检查未完成订单", "准备数据备份", "注销准备", "阅读注销须知（未完成）", "3 天未答复", "申请已过期")
                .doesNotContain("UserTask_", "multiInstanceBody", HOLDER);
    }

    @Test
    @DisplayName("a step bears the name that it had in the version that the request ran")
    void aStepBearsTheNameOfItsVersion() {
        journey.start("account-deregistration", HOLDER);
        Map<String, String> files = Modeler.everythingWith("account-deregistration.bpmn");
        files.computeIfPresent("account-deregistration.bpmn", (name, xml) -> xml.replace("登记申请", "登记"));

        journey.deployed(files);

        assertThat(read("support", number())).contains("<td>登记申请<div");
    }

    @Test
    @DisplayName("a number that nobody has is told so, and is not taken for a part of the page")
    void aNumberThatNobodyHas() {
        assertThat(read("support", "")).contains("申请编号").doesNotContain("没有找到");
        assertThat(read("support", "<b>x</b>")).contains("没有找到").doesNotContain("<b>x</b>");
    }

    @Test
    @DisplayName("a holder reads no trail, not even the own one, and nobody else does without a login")
    void aHolderReadsNoTrail() {
        journey.start("account-deregistration", HOLDER);
        Visitor holder = new Visitor(port);
        holder.login("13800138001", "Demo-10001");

        Visitor.Answer refused = holder.get("/trail?request=" + number());

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).doesNotContain("登记申请");
        assertThat(new Visitor(port).get("/trail?request=" + number()).location())
                .endsWith("/login");
    }

    private String read(String staff, String number) {
        Visitor visitor = new Visitor(port);
        visitor.login(staff, staff);
        Visitor.Answer answer = visitor.get("/trail?request=" + Visitor.encoded(number));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        return answer.body();
    }

    private String number() {
        return rows.text("select id from holder_request");
    }
}
