package org.accountsecurity.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.function.Consumer;
import org.accountsecurity.ApplicationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What an owner is told after one mistake. */
@ApplicationTest
class OneCauseTest {

    private static final String DEREGISTRATION = "account-deregistration";
    private static final String ERASURE = "data-erasure";
    private static final String VERIFICATION = "verification-code";
    private static final String FOR_EVER = "会一直等下去。请在它上面加一个中断的定时边界事件，并画出到期之后的路径。";
    private static final String TOGETHER = " 不在这次部署里。请把全部流程图、决策表和表单一起部署。";

    @Autowired
    DeploymentGuard guard;

    static List<Arguments> mistakes() {
        return List.of(
                mistake(
                        "a holder's task without a timer",
                        "UserTask_ReadNotice “阅读注销须知”" + FOR_EVER,
                        edit -> edit.drop(DEREGISTRATION, "BoundaryEvent_NoticeLapsed")
                                .drop(DEREGISTRATION, "Flow_NoticeLapsed")),
                mistake(
                        "a task after the point of no return without a timer",
                        "UserTask_ViewProgress “查看清除进度”" + FOR_EVER,
                        edit -> edit.drop(ERASURE, "BoundaryEvent_ProgressSeen").drop(ERASURE, "Flow_ProgressSeen")),
                mistake(
                        "a task for staff without a timer",
                        "UserTask_HandleStuckErasure “处理清除失败”" + FOR_EVER,
                        edit -> edit.drop(ERASURE, "BoundaryEvent_StuckUnhandled")
                                .drop(ERASURE, "Flow_StuckUnhandled")),
                mistake(
                        "a task of a called process without a timer",
                        "UserTask_RenewCode “重新获取验证码”" + FOR_EVER,
                        edit -> edit.drop(VERIFICATION, "BoundaryEvent_RenewalLapsed")
                                .drop(VERIFICATION, "Flow_RenewalLapsed")),
                mistake(
                        "a call that has lost what it calls",
                        "CallActivity_EraseData “清除个人数据”没有选择要调用的流程。请填写 Called element，或从模板中选择。",
                        edit -> edit.change(DEREGISTRATION, "CallActivity_EraseData", " calledElement=\"[^\"]*\"", "")),
                mistake(
                        "a task that has just been drawn",
                        "Drawn 没有路径能到达。请连上，或者删去。",
                        edit -> edit.add(DEREGISTRATION, "<bpmn:serviceTask id=\"Drawn\" />")),
                mistake(
                        "a flow is deleted",
                        "ServiceTask_CheckCode “核对验证码”没有路径能到达。请连上，或者删去。",
                        edit -> edit.drop(VERIFICATION, "Flow_CodeChoiceSubmit")),
                mistake(
                        "a form is deleted",
                        "UserTask_ConfirmDeregistration “确认注销”的表单 confirm-deregistration" + TOGETHER,
                        edit -> edit.remove("confirm-deregistration.form")),
                mistake(
                        "a called process is deleted",
                        "CallActivity_VerifyHolder “验证身份”调用的流程 verification-code" + TOGETHER,
                        edit -> edit.remove("verification-code.bpmn")),
                mistake(
                        "a delegate is mistyped",
                        "ServiceTask_CloseAccount “关闭账户”的 ${closeAccount} 不是系统里的处理程序。请从模板中选择。",
                        edit -> edit.change(
                                DEREGISTRATION, "ServiceTask_CloseAccount", "closeAccountDelegate", "closeAccount")));
    }

    private static Arguments mistake(String what, String sentence, Consumer<ModelEdit> edit) {
        return arguments(what, sentence, edit);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    @DisplayName("one cause is told once, by the element to blame")
    void oneCauseIsToldOnce(String what, String sentence, Consumer<ModelEdit> edit) {
        ModelEdit edited = new ModelEdit();
        edit.accept(edited);

        assertThat(guard.findings(edited.files())).extracting(Finding::toString).containsExactly(sentence);
    }
}
