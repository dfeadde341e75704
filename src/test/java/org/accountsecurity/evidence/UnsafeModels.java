package org.accountsecurity.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.accountsecurity.engine.guard.ModelEdit;

/** Each kind of edit that takes something from a holder, in two shapes at least. */
final class UnsafeModels {

    private static final String LEAVE = "account-deregistration";
    private static final String PREPARE = "deregistration-preparation";
    private static final String ERASE = "data-erasure";
    private static final String CODE = "verification-code";
    private static final String CHANGE = "phone-unbinding";
    private static final String CLOSE = "ServiceTask_CloseAccount";
    private static final String READ = "UserTask_ReadNotice";
    private static final String CONFIRM = "UserTask_ConfirmDeregistration";
    private static final String COOL_OFF = "SubProcess_CoolOff";
    private static final String REBIND = "ServiceTask_RebindPhone";
    private static final String DONE = "EndEvent_AccountDeregistered";
    private static final String ASSIGNEE = "camunda:assignee=\"\\$\\{subject\\}\"";
    private static final String STAFF = "camunda:candidateGroups=\"support\"";

    private static final String OWN_CHANNEL = "<camunda:in source=\"channel\" target=\"channel\" />";
    private static final String BY_SMS = "<camunda:in sourceExpression=\"SMS\" target=\"channel\" />";

    private static final String EACH_OF_NOTHING =
            "<bpmn:multiInstanceLoopCharacteristics camunda:collection=\"\\${erasurePlan"
                    + ".dataSets(execution.processBusinessKey)}\" camunda:elementVariable=\"dataSet\" />";

    private final List<UnsafeModel> models = new ArrayList<>();

    private UnsafeModels() {}

    static Stream<UnsafeModel> all() {
        UnsafeModels all = new UnsafeModels();
        all.staff();
        all.words();
        all.order();
        all.silence();
        all.codes();
        all.coolingOff();
        all.elsewhere();
        all.owed();
        all.ends();
        all.engine();
        return all.models.stream();
    }

    /** One kind of harm to come, with the edits that bring it. */
    private final class Kind {

        private final String kind;
        private final String process;
        private final Shop shop;

        Kind(String kind, String process, Shop shop) {
            this.kind = kind;
            this.process = process;
            this.shop = shop;
        }

        Kind by(String name, Consumer<ModelEdit> edit) {
            models.add(new UnsafeModel(kind, name, process, shop, edit));
            return this;
        }
    }

    private Kind leave(String kind) {
        return new Kind(kind, LEAVE, Shop.QUIET);
    }

    private Kind owing(String kind) {
        return new Kind(kind, LEAVE, Shop.OWED);
    }

    private Kind growing(String kind) {
        return new Kind(kind, LEAVE, Shop.GROWING);
    }

    private Kind change(String kind) {
        return new Kind(kind, CHANGE, Shop.QUIET);
    }

    /** Staff in the holder's place. */
    private void staff() {
        leave("staff consent and type the code")
                .by("a group's tasks", e -> toStaff(e, LEAVE, READ).change(CODE, "UserTask_EnterCode", ASSIGNEE, STAFF))
                .by(
                        "an administrator's tasks",
                        e -> toAdmin(e, LEAVE, READ)
                                .change(CODE, "UserTask_EnterCode", ASSIGNEE, "camunda:assignee=\"admin\""));
        leave("staff do all of it")
                .by(
                        "a group's tasks",
                        e -> toStaff(toStaff(e, LEAVE, READ), LEAVE, CONFIRM)
                                .change(CODE, "UserTask_EnterCode", ASSIGNEE, STAFF))
                .by(
                        "a subject that the diagram chooses",
                        e -> e.replaceAll(
                                        LEAVE + ".bpmn",
                                        "<camunda:in source=\"subject\" target=\"subject\" />",
                                        "<camunda:in sourceExpression=\"admin\" target=\"subject\" />")
                                .change(LEAVE, READ, ASSIGNEE, "camunda:assignee=\"admin\"")
                                .change(LEAVE, CONFIRM, ASSIGNEE, "camunda:assignee=\"admin\""));
        leave("staff confirm")
                .by("a group's task", e -> toStaff(e, LEAVE, CONFIRM))
                .by(
                        "a task beside the holder's",
                        e -> e.add(
                                LEAVE,
                                boundary("Helped", CONFIRM, false, timer("PT1S"))
                                        + staffTask("UserTask_Help", "confirm-deregistration")
                                        + flow("Helped", "UserTask_Help")
                                        + flow("UserTask_Help", COOL_OFF)));
        change("staff confirm a change")
                .by("a group's task", e -> toStaff(e, CHANGE, "UserTask_ConfirmUnbinding"))
                .by(
                        "all tasks of a group",
                        e -> toStaff(
                                        toStaff(
                                                toStaff(e, CHANGE, "UserTask_ReadUnbindingNotice"),
                                                CHANGE,
                                                "UserTask_EnterNewPhone"),
                                        CHANGE,
                                        "UserTask_ConfirmUnbinding")
                                .change(CODE, "UserTask_EnterCode", ASSIGNEE, STAFF));
    }

    /** What the forms say. */
    private void words() {
        leave("the notice is not shown")
                .by("no text", e -> e.replace("read-deregistration-notice.form", "\"{{notice}}\"", "\"您的权益不受影响。\""))
                .by(
                        "a text that is hidden",
                        e -> e.replaceAll(
                                "read-deregistration-notice.form",
                                "\"text\": \"\\{\\{notice}}\",",
                                "\"text\": \"{{notice}}\", \"conditional\": {\"hide\": \"=true\"},"))
                .by(
                        "another task's form asks for the consent",
                        e -> e.form("gift", "read-deregistration-notice", form -> form.replace("{{notice}}", "领取礼品"))
                                .change(LEAVE, READ, "formRef=\"[^\"]*\"", "formRef=\"gift\""));
        leave("the consent is to something else")
                .by("another label", e -> e.replace("read-deregistration-notice.form", "我已阅读并同意以上注销须知", "我要领取优惠券"))
                .by("another question", e -> e.replace("read-deregistration-notice.form", "同意，继续注销", "领取优惠券"));
        leave("the consent is not asked for")
                .by(
                        "a box that is ticked already",
                        e -> e.replaceAll(
                                "read-deregistration-notice.form",
                                "\"type\": \"checkbox\",",
                                "\"type\": \"checkbox\", \"defaultValue\": true, \"conditional\": {\"hide\": \"=true\"},"))
                .by(
                        "a flow past it",
                        e -> e.redirect(LEAVE, "Flow_Prepared", "CallActivity_VerifyHolder")
                                .replace(LEAVE + ".bpmn", OWN_CHANNEL, BY_SMS));
        leave("the notice is covered")
                .by(
                        "by HTML above it",
                        e -> first(
                                e,
                                "read-deregistration-notice",
                                "{\"type\": \"text\", \"id\": \"Field_cover\","
                                        + " \"text\": \"<div style='position:fixed;inset:0'>领取礼品</div>\"}"))
                .by(
                        "by HTML in the confirmation",
                        e -> first(
                                e,
                                "confirm-deregistration",
                                "{\"type\": \"text\", \"id\": \"Field_cover\", \"text\": \"<style>.x{}</style>\"}"));
        leave("another question has the same answer")
                .by(
                        "above the confirmation",
                        e -> first(e, "confirm-deregistration", radio("choice", "撤回申请", "CONFIRM")))
                .by(
                        "in a group",
                        e -> first(
                                e,
                                "confirm-deregistration",
                                "{\"type\": \"group\", \"id\": \"Group_1\", \"components\": ["
                                        + radio("choice", "撤回申请", "CONFIRM") + "]}"));
        leave("the notice is replaced in the browser")
                .by(
                        "by an expression",
                        e -> first(
                                e,
                                "read-deregistration-notice",
                                "{\"type\": \"expression\", \"id\": \"Field_expression\", \"key\": \"notice\","
                                        + " \"expression\": \"=\\\\\"没有影响。\\\\\"\", \"computeOn\": \"change\"}"))
                .by(
                        "by a field",
                        e -> first(
                                e,
                                "confirm-deregistration",
                                "{\"type\": \"textfield\", \"id\": \"Field_notice\", \"key\": \"notice\", \"label\": \"须知\"}"));
        change("the number is replaced in the browser")
                .by(
                        "by an expression",
                        e -> first(
                                e,
                                "confirm-unbinding",
                                "{\"type\": \"expression\", \"id\": \"Field_expression\", \"key\": \"maskedTarget\","
                                        + " \"expression\": \"=\\\\\"138****8001\\\\\"\", \"computeOn\": \"change\"}"));
        leave("the confirmation says something else")
                .by(
                        "other labels",
                        e -> e.replace("confirm-deregistration.form", "确认注销这个账户吗", "要保留账户吗")
                                .replace("confirm-deregistration.form", "\"label\": \"确认注销\"", "\"label\": \"保留账户\""))
                .by(
                        "labels swapped",
                        e -> e.replace("confirm-deregistration.form", "\"label\": \"确认注销\"", "\"label\": \"临时\"")
                                .replace(
                                        "confirm-deregistration.form",
                                        "\"label\": \"撤回申请，保留账户\"",
                                        "\"label\": \"确认注销\"")
                                .replace(
                                        "confirm-deregistration.form", "\"label\": \"临时\"", "\"label\": \"撤回申请，保留账户\""))
                .by("without the notice", e -> e.replace("confirm-deregistration.form", "\"{{notice}}\"", "\"没有影响。\""));
        change("the confirmation of a change says something else")
                .by("another text", e -> e.replace("confirm-unbinding.form", "**{{maskedTarget}}** 已验证", "已验证"))
                .by(
                        "labels swapped",
                        e -> e.replace("confirm-unbinding.form", "\"label\": \"确认更换\"", "\"label\": \"临时\"")
                                .replace("confirm-unbinding.form", "\"label\": \"撤回，不更换\"", "\"label\": \"确认更换\"")
                                .replace("confirm-unbinding.form", "\"label\": \"临时\"", "\"label\": \"撤回，不更换\""));
        change("the notice of a change is not shown")
                .by("another text", e -> e.replaceAll("read-unbinding-notice.form", "### 解绑须知[^\"]*", "### 领取礼品"))
                .by("not asked", e -> e.redirect(CHANGE, "Flow_ChangeOpened", "SubProcess_ChoosePhone"));
    }

    /** The order of things, and answers that lead elsewhere. */
    private void order() {
        leave("the last confirmation is left out")
                .by("a flow past it", e -> e.redirect(LEAVE, "Flow_HolderVerified", COOL_OFF))
                .by(
                        "another form in its place",
                        e -> e.change(LEAVE, CONFIRM, "formRef=\"[^\"]*\"", "formRef=\"acknowledge-deregistration\"")
                                .replace(LEAVE + ".bpmn", "${choice == 'CONFIRM'}", "${true}"));
        leave("the confirmation comes before the code")
                .by(
                        "a code at the end",
                        e -> e.redirect(LEAVE, "Flow_NoticeAcceptedYes", CONFIRM)
                                .redirect(LEAVE, "Flow_ConfirmedYes", "CallActivity_VerifyHolder")
                                .redirect(LEAVE, "Flow_HolderVerified", COOL_OFF)
                                .change(
                                        LEAVE,
                                        READ,
                                        "formRef=\"[^\"]*\"",
                                        "formRef=\"read-deregistration-notice\" camunda:priority=\"50\"")
                                .replace(LEAVE + ".bpmn", OWN_CHANNEL, BY_SMS));
        leave("the confirmation comes before the consent")
                .by(
                        "first of all",
                        e -> e.redirect(LEAVE, "Flow_Prepared", "CallActivity_VerifyHolder")
                                .redirect(LEAVE, "Flow_ConfirmedYes", READ)
                                .redirect(LEAVE, "Flow_NoticeAcceptedYes", COOL_OFF)
                                .replace(LEAVE + ".bpmn", OWN_CHANNEL, BY_SMS));
        leave("who withdraws is closed")
                .by(
                        "swapped answers",
                        e -> swap(
                                e,
                                LEAVE,
                                "Flow_ConfirmedYes",
                                COOL_OFF,
                                "Flow_ConfirmedNo",
                                "EndEvent_RequestWithdrawn"))
                .by("any answer will do", e -> e.replace(LEAVE + ".bpmn", "${choice == 'CONFIRM'}", "${true}"))
                .by(
                        "while cooling off",
                        e -> tableWith(e, "P7D").redirect(LEAVE, "Flow_CoolOffWithdrawn", "EndEvent_CooledOff"))
                .by(
                        "after cooling off",
                        e -> tableWith(e, "P7D").redirect(LEAVE, "Flow_WithdrawnWhileCoolingOff", CLOSE))
                .by(
                        "who withdraws goes on cooling off",
                        e -> tableWith(e, "P7D").redirect(LEAVE, "Flow_CoolOffWithdrawn", "UserTask_CoolOff"));
        leave("the confirmation is for each of nothing")
                .by(
                        "a task",
                        e -> e.replaceAll(
                                        LEAVE + ".bpmn",
                                        "(?s)(<bpmn:userTask id=\"" + CONFIRM + "\".*?)</bpmn:userTask>",
                                        "$1" + EACH_OF_NOTHING + "</bpmn:userTask>")
                                .replace(LEAVE + ".bpmn", "${choice == 'CONFIRM'}", "${true}"))
                .by(
                        "a sub-process",
                        e -> e.redirect(LEAVE, "Flow_HolderVerified", "SubProcess_Nothing")
                                .add(
                                        LEAVE,
                                        "<bpmn:subProcess id=\"SubProcess_Nothing\" name=\"确认\">"
                                                + EACH_OF_NOTHING.replace("\\$", "$")
                                                + "<bpmn:startEvent id=\"StartEvent_Nothing\" />"
                                                + "<bpmn:userTask id=\"UserTask_Nothing\" name=\"确认\" camunda:assignee=\"${subject}\""
                                                + " camunda:formRef=\"confirm-deregistration\" camunda:formRefBinding=\"deployment\" />"
                                                + flow("StartEvent_Nothing", "UserTask_Nothing")
                                                + "</bpmn:subProcess>"
                                                + flow("SubProcess_Nothing", COOL_OFF)));
        leave("an old confirmation is used again")
                .by(
                        "what was not ready is closed later",
                        e -> through(e, LEAVE, "Flow_CooledOffNo", "Later", later("Later", "PT1H"), CLOSE)
                                .redirect(PREPARE, "Flow_Started", "ServiceTask_ComposeNotice"))
                .by(
                        "the confirmation is kept for a month",
                        e -> through(e, LEAVE, "Flow_ConfirmedYes", "Later", later("Later", "P12D"), COOL_OFF));
        change("an old confirmation is used again")
                .by(
                        "it is kept for some days",
                        e -> e.redirect(CHANGE, "Flow_UnbindingConfirmedYes", "Later")
                                .addBefore(CHANGE, REBIND, later("Later", "P3D") + flow("Later", REBIND))
                                .replaceAll(
                                        CHANGE + ".bpmn",
                                        "(BoundaryEvent_NewPhoneLapsed_Definition\"><bpmn:timeDuration[^>]*>)PT24H",
                                        "$1P20D"));
        change("who withdraws afterwards is changed")
                .by("asked once more", e -> again(e, "UserTask_Again", "enter-new-phone"))
                .by("shown once more what was read", e -> again(e, "UserTask_Again", "read-unbinding-notice"));
        change("who withdraws is changed")
                .by(
                        "swapped answers",
                        e -> swap(
                                e,
                                CHANGE,
                                "Flow_UnbindingConfirmedYes",
                                REBIND,
                                "Flow_UnbindingConfirmedNo",
                                "EndEvent_NewPhoneWithdrawn"))
                .by("any answer will do", e -> e.replace(CHANGE + ".bpmn", "${choice == 'CONFIRM'}", "${true}"));
        change("the last confirmation of a change is left out")
                .by("a flow past it", e -> e.redirect(CHANGE, "Flow_NewPhoneVerified", REBIND))
                .by(
                        "before there is a number",
                        e -> e.redirect(CHANGE, "Flow_HolderVerified", "UserTask_ConfirmUnbinding")
                                .redirect(CHANGE, "Flow_UnbindingConfirmedYes", "UserTask_EnterNewPhone")
                                .redirect(CHANGE, "Flow_NewPhoneVerified", REBIND));
    }

    /** What happens when nobody answers. */
    private void silence() {
        leave("silence is a confirmation")
                .by("a time-out leads on", e -> e.redirect(LEAVE, "Flow_ConfirmationLapsed", COOL_OFF))
                .by(
                        "beside the question",
                        e -> e.add(LEAVE, boundary("Beside", CONFIRM, false, timer("PT1S")) + flow("Beside", CLOSE)))
                .by(
                        "beside the cooling-off",
                        e -> tableWith(e, "P7D")
                                .add(
                                        LEAVE,
                                        boundary("Beside", COOL_OFF, false, timer("PT1S")) + flow("Beside", CLOSE)));
        leave("silence is a consent")
                .by(
                        "a time-out leads on",
                        e -> e.redirect(LEAVE, "Flow_NoticeLapsed", "CallActivity_VerifyHolder")
                                .replace(LEAVE + ".bpmn", OWN_CHANNEL, BY_SMS))
                .by("the whole way without a question", e -> e.redirect(LEAVE, "Flow_RequestOpened", CLOSE));
        change("silence is a confirmation of a change")
                .by(
                        "a time-out leads on",
                        e -> e.replaceAll(
                                CHANGE + ".bpmn",
                                "(<bpmn:serviceTask id=\"" + REBIND + "\")",
                                "<bpmn:boundaryEvent id=\"Silence\" attachedToRef=\"UserTask_ConfirmUnbinding\">"
                                        + timer("PT1H") + "</bpmn:boundaryEvent>" + flow("Silence", REBIND)
                                        + "$1"))
                .by("no question at all", e -> e.redirect(CHANGE, "Flow_NewPhoneNeeded", REBIND));
    }

    /** Codes. */
    private void codes() {
        leave("nobody is verified")
                .by("a flow past it", e -> e.redirect(LEAVE, "Flow_NoticeAcceptedYes", CONFIRM))
                .by("a wrong code will do", e -> e.redirect(CODE, "Flow_CodeAcceptedRetry", "EndEvent_Verified"))
                .by(
                        "who was told why not goes on",
                        e -> e.redirect(CODE, "Flow_CodeExpired", "EndEvent_Verified")
                                .redirect(CODE, "Flow_RenewedNo", "EndEvent_Verified"))
                .by(
                        "time ends the verification",
                        e -> e.add(
                                        CODE,
                                        "<bpmn:subProcess id=\"SubProcess_Time\" triggeredByEvent=\"true\">"
                                                + "<bpmn:startEvent id=\"StartEvent_Time\">" + timer("PT10S")
                                                + "</bpmn:startEvent>"
                                                + "<bpmn:endEvent id=\"EndEvent_Time\" />"
                                                + flow("StartEvent_Time", "EndEvent_Time")
                                                + "</bpmn:subProcess>")
                                .redirect(CODE, "Flow_CodeIssued", "Later")
                                .add(CODE, later("Later", "PT1H") + flow("Later", "UserTask_EnterCode")))
                .by(
                        "the form says that the code is right",
                        e -> first(
                                        e,
                                        "enter-code",
                                        "{\"type\": \"radio\", \"key\": \"codeResult\", \"label\": \"结果\", \"id\": \"Field_codeResult\","
                                                + " \"values\": [{\"label\": \"正确\", \"value\": \"ACCEPTED\"}]}")
                                .redirect(CODE, "Flow_CodeEntered", "Gateway_CodeAccepted"));
        leave("another purpose is verified")
                .by(
                        "a code of another kind",
                        e -> e.replace(
                                LEAVE + ".bpmn",
                                "sourceExpression=\"DEREGISTRATION\"",
                                "sourceExpression=\"PHONE_UNBINDING\""));
        change("the holder is not verified")
                .by("a flow past it", e -> e.redirect(CHANGE, "Flow_VerificationNeededYes", "UserTask_EnterNewPhone"))
                .by(
                        "swapped answers",
                        e -> swap(
                                e,
                                CHANGE,
                                "Flow_VerificationNeededYes",
                                "CallActivity_VerifyHolder",
                                "Flow_VerificationNeededNo",
                                "UserTask_EnterNewPhone"))
                .by(
                        "who fails goes on",
                        e -> e.replaceAll(
                                CHANGE + ".bpmn",
                                "(<bpmn:boundaryEvent id=\"BoundaryEvent_NewPhoneNotVerified\")",
                                "<bpmn:boundaryEvent id=\"Failed\" attachedToRef=\"CallActivity_VerifyHolder\">"
                                        + "<bpmn:errorEventDefinition id=\"Failed_1\" /></bpmn:boundaryEvent>"
                                        + flow("Failed", "UserTask_EnterNewPhone") + "$1"));
        change("the new number is not verified")
                .by("a flow past it", e -> e.redirect(CHANGE, "Flow_NewPhoneUsableYes", "UserTask_ConfirmUnbinding"))
                .by(
                        "who fails goes on",
                        e -> e.redirect(CHANGE, "Flow_NewPhoneNotVerified", "UserTask_ConfirmUnbinding"))
                .by(
                        "the old number is verified twice",
                        e -> e.replace(
                                CHANGE + ".bpmn",
                                "sourceExpression=\"NEW_PHONE\"",
                                "sourceExpression=\"PHONE_UNBINDING\""));
        change("the number is another than the confirmed one")
                .by(
                        "the first of two that were verified",
                        e -> e.redirect(CHANGE, "Flow_NewPhoneVerified", "UserTask_Second")
                                .redirect(CHANGE, "Flow_UnbindingConfirmedYes", "UserTask_Third")
                                .addBefore(
                                        CHANGE,
                                        "UserTask_ConfirmUnbinding",
                                        holderTask("UserTask_Second", "enter-new-phone")
                                                + service("Check_Second", "checkNewPhoneDelegate")
                                                + "<bpmn:callActivity id=\"Verify_Second\" name=\"验证\" calledElement=\"verification-code\""
                                                + " camunda:calledElementBinding=\"deployment\"><bpmn:extensionElements>"
                                                + "<camunda:in businessKey=\"#{execution.processBusinessKey}\" />"
                                                + "<camunda:in source=\"subject\" target=\"subject\" />"
                                                + "<camunda:in sourceExpression=\"NEW_PHONE\" target=\"purpose\" />"
                                                + "</bpmn:extensionElements></bpmn:callActivity>"
                                                + holderTask("UserTask_Third", "enter-new-phone")
                                                + service("Check_Third", "checkNewPhoneDelegate")
                                                + flow("UserTask_Second", "Check_Second")
                                                + flow("Check_Second", "Verify_Second")
                                                + flow("Verify_Second", "UserTask_ConfirmUnbinding")
                                                + flow("UserTask_Third", "Check_Third")
                                                + flow("Check_Third", REBIND)));
        change("the number is another than the verified one")
                .by(
                        "asked for again after the code",
                        e -> e.redirect(CHANGE, "Flow_NewPhoneVerified", "UserTask_Again")
                                .addBefore(
                                        CHANGE,
                                        "UserTask_ConfirmUnbinding",
                                        """
                                <bpmn:userTask id="UserTask_Again" name="再次输入" camunda:assignee="${subject}" camunda:formRef="enter-new-phone" camunda:formRefBinding="deployment" />
                                <bpmn:serviceTask id="ServiceTask_Again" name="检查" camunda:delegateExpression="${checkNewPhoneDelegate}" />"""
                                                + flow("UserTask_Again", "ServiceTask_Again")
                                                + flow("ServiceTask_Again", "UserTask_ConfirmUnbinding")));
    }

    private void coolingOff() {
        leave("the cooling-off of the table is left out")
                .by("a flow past it", e -> tableWith(e, "P7D").redirect(LEAVE, "Flow_ConfirmedYes", CLOSE))
                .by(
                        "swapped answers",
                        e -> swap(
                                tableWith(e, "P7D"),
                                LEAVE,
                                "Flow_CoolingOffYes",
                                "UserTask_CoolOff",
                                "Flow_CoolingOffNo",
                                "EndEvent_CooledOff"))
                .by(
                        "it is over in a minute",
                        e -> tableWith(e, "P7D")
                                .replaceAll(
                                        LEAVE + ".bpmn",
                                        "(?s)(BoundaryEvent_CoolingOffOver_Definition\"><bpmn:)timeDate[^>]*>.*?</bpmn:timeDate>",
                                        "$1timeDuration>PT1M</bpmn:timeDuration>"))
                .by(
                        "not begun",
                        e -> tableWith(e, "P7D").redirect(LEAVE, "Flow_CoolingOffEntered", "EndEvent_CooledOff"));
        leave("the cooling-off comes before the confirmation")
                .by(
                        "it is over when the question comes",
                        e -> tableWith(e, "P7D")
                                .redirect(LEAVE, "Flow_HolderVerified", COOL_OFF)
                                .redirect(LEAVE, "Flow_CooledOff", CONFIRM)
                                .redirect(LEAVE, "Flow_ConfirmedYes", CLOSE))
                .by(
                        "it is waited out before the consent",
                        e -> tableWith(e, "P3D")
                                .redirect(LEAVE, "Flow_Prepared", COOL_OFF)
                                .redirect(LEAVE, "Flow_CooledOff", READ)
                                .redirect(LEAVE, "Flow_ConfirmedYes", CLOSE));
    }

    /** One process in another's place. */
    private void elsewhere() {
        change("another process closes")
                .by(
                        "after a change",
                        e -> through(
                                e,
                                CHANGE,
                                "Flow_PhoneChosen",
                                "Close",
                                service("Close", "closeAccountDelegate"),
                                "ServiceTask_NotifyBothNumbers"))
                .by(
                        "in place of a change",
                        e -> e.change(CHANGE, REBIND, "rebindPhoneDelegate", "closeAccountDelegate"));
        leave("another process changes the number")
                .by(
                        "before it closes",
                        e -> through(
                                e, LEAVE, "Flow_CooledOff", "Rebind", service("Rebind", "rebindPhoneDelegate"), CLOSE))
                .by("in place of closing", e -> e.change(LEAVE, CLOSE, "closeAccountDelegate", "rebindPhoneDelegate"));
        owing("open items are not looked for")
                .by("a flow past them", e -> e.redirect(PREPARE, "Flow_Started", "ServiceTask_ComposeNotice"))
                .by(
                        "swapped answers",
                        e -> swap(
                                e,
                                PREPARE,
                                "Flow_EligibleYes",
                                "ServiceTask_ComposeNotice",
                                "Flow_EligibleNo",
                                "UserTask_ResolveOpenItems"))
                .by("no preparation", e -> e.redirect(LEAVE, "Flow_RequestOpened", READ));
        growing("the notice is an old one")
                .by(
                        "closed later with what was told before",
                        e -> through(e, LEAVE, "Flow_CooledOffNo", "Later", later("Later", "PT1H"), CLOSE))
                .by("told once and consented to once", e -> e.redirect(LEAVE, "Flow_CooledOffNo", CONFIRM));
        leave("the notice is an old one")
                .by("composed once", e -> e.redirect(PREPARE, "Flow_EligibleYes", "ServiceTask_PrepareExport"));
    }

    /** What is owed after the point of no return. */
    private void owed() {
        leave("the erasure is left out")
                .by("a flow past it", e -> e.redirect(LEAVE, "Flow_AccountClosed", "UserTask_AcknowledgeResult"))
                .by("the end at once", e -> e.redirect(LEAVE, "Flow_AccountClosed", DONE))
                .by(
                        "a flow past the data sets",
                        e -> e.redirect(ERASE, "Flow_ErasureStarted", "ServiceTask_IssueReceipt"))
                .by(
                        "one data set is enough",
                        e -> e.replaceAll(
                                ERASE + ".bpmn",
                                "camunda:collection=\"[^\"]*\"",
                                "camunda:collection=\"\\${erasurePlan.dataSets(execution.processBusinessKey).subList(0, 1)}\""))
                .by(
                        "nothing is passed to it",
                        e -> e.replaceAll(
                                LEAVE + ".bpmn",
                                "(?s)(<bpmn:callActivity id=\"CallActivity_EraseData\".*?)<camunda:in businessKey=\"[^\"]*\" />",
                                "$1"));
        leave("the erasure comes first")
                .by(
                        "before the closing",
                        e -> e.redirect(LEAVE, "Flow_CooledOff", "CallActivity_EraseData")
                                .redirect(LEAVE, "Flow_DataErased", CLOSE)
                                .redirect(LEAVE, "Flow_AccountClosed", "UserTask_AcknowledgeResult"))
                .by(
                        "before the confirmation",
                        e -> e.redirect(LEAVE, "Flow_HolderVerified", "CallActivity_EraseData")
                                .redirect(LEAVE, "Flow_DataErased", CONFIRM)
                                .redirect(LEAVE, "Flow_AccountClosed", "UserTask_AcknowledgeResult"));
        leave("the erasure is one transaction with the closing")
                .by(
                        "and fails",
                        e -> together(e)
                                .redirect(ERASE, "Flow_AllErased", "Missing")
                                .add(
                                        ERASE,
                                        service("Missing", "noSuchDelegate")
                                                + flow("Missing", "ServiceTask_IssueReceipt")))
                .by("and succeeds", UnsafeModels::together);
        leave("the erasure is not verified")
                .by("a flow past it", e -> e.redirect(ERASE, "Flow_CompleteYes", "EndEvent_DataSetErased"))
                .by("after the first records", e -> e.redirect(ERASE, "Flow_Erased", "EndEvent_DataSetErased"));
        leave("the receipt is left out")
                .by("a flow past it", e -> e.redirect(ERASE, "Flow_AllErased", "ServiceTask_NotifyHolder"))
                .by("the end at once", e -> e.redirect(ERASE, "Flow_AllErased", "EndEvent_DataErased"));
        leave("the notice of the request is left out")
                .by("no event sub-process", e -> e.drop(LEAVE, "SubProcess_TellRequested"))
                .by(
                        "it comes next year",
                        e -> e.replaceAll(
                                LEAVE + ".bpmn",
                                "(id=\"StartEvent_TellingRequested_Definition\"><bpmn:timeDuration[^>]*>)PT0S",
                                "$1P365D"));
        leave("the notice of the closing is left out")
                .by(
                        "neither now nor then",
                        e -> e.drop(ERASE, "SubProcess_TellClosing")
                                .redirect(ERASE, "Flow_ReceiptIssued", "EndEvent_DataErased"))
                .by(
                        "and the erasure takes its time",
                        e -> e.drop(ERASE, "SubProcess_TellClosing")
                                .redirect(LEAVE, "Flow_AccountClosed", "Later")
                                .add(LEAVE, later("Later", "P30D") + flow("Later", "CallActivity_EraseData")))
                .by("no result", e -> e.redirect(ERASE, "Flow_ReceiptIssued", "EndEvent_DataErased"));
        change("the notice of a change is left out")
                .by("a flow past it", e -> e.redirect(CHANGE, "Flow_PhoneChosen", "UserTask_AcknowledgeUnbinding"))
                .by("the end at once", e -> e.redirect(CHANGE, "Flow_PhoneChosen", "EndEvent_PhoneChanged"));
        leave("the login is never revoked")
                .by(
                        "a flow past it",
                        e -> e.redirect(LEAVE, "Flow_ResultAcknowledged", DONE)
                                .redirect(LEAVE, "Flow_ResultTimedOut", DONE))
                .by("the end before the result", e -> e.redirect(LEAVE, "Flow_DataErased", DONE));
    }

    /** Requests that nobody ends. */
    private void ends() {
        leave("nobody can finish a task")
                .by(
                        "before the closing",
                        e -> through(e, LEAVE, "Flow_Prepared", "UserTask_Nobodys", nobodys(), READ)
                                .drop(LEAVE, "BoundaryEvent_DeadlineReached")
                                .drop(LEAVE, "Flow_DeadlineReached"))
                .by(
                        "after the closing",
                        e -> through(
                                e,
                                LEAVE,
                                "Flow_AccountClosed",
                                "UserTask_Nobodys",
                                nobodys(),
                                "CallActivity_EraseData"))
                .by(
                        "a form that takes no answer",
                        e -> e.replaceAll(
                                        "confirm-deregistration.form",
                                        "\"validate\": \\{",
                                        "\"validate\": {\"pattern\": \"^x\\$\",")
                                .drop(LEAVE, "BoundaryEvent_ConfirmationLapsed")
                                .drop(LEAVE, "Flow_ConfirmationLapsed"));
        change("nobody can finish a task")
                .by(
                        "in a change",
                        e -> through(
                                e,
                                CHANGE,
                                "Flow_ChangeOpened",
                                "UserTask_Nobodys",
                                nobodys(),
                                "UserTask_ReadUnbindingNotice"))
                .by(
                        "after a change",
                        e -> through(
                                e,
                                CHANGE,
                                "Flow_PhoneChosen",
                                "UserTask_Nobodys",
                                nobodys(),
                                "ServiceTask_NotifyBothNumbers"));
        leave("no wait ends by itself")
                .by(
                        "no time-outs",
                        e -> e.drop(LEAVE, "BoundaryEvent_NoticeLapsed").drop(LEAVE, "Flow_NoticeLapsed"))
                .by("time leads back", e -> e.redirect(LEAVE, "Flow_NoticeLapsed", READ));
        leave("the request is never ended")
                .by("no listener", e -> e.replaceAll(LEAVE + ".bpmn", "<camunda:executionListener[^>]*/>", ""));
        change("the request is never ended")
                .by("no listener", e -> e.replaceAll(CHANGE + ".bpmn", "<camunda:executionListener[^>]*/>", ""));
        leave("an event ends it after the closing")
                .by(
                        "begun before",
                        e -> e.add(
                                LEAVE,
                                boundary("Begun", READ, false, timer("PT1S"))
                                        + later("Later", "PT1H")
                                        + flow("Begun", "Later")
                                        + flow("Later", "EndEvent_RequestLapsed")))
                .by(
                        "two ways out of a task",
                        e -> e.redirect(LEAVE, "Flow_AccountClosed", "Gateway_Fork")
                                .add(
                                        LEAVE,
                                        "<bpmn:parallelGateway id=\"Gateway_Fork\" />"
                                                + flow("Gateway_Fork", "CallActivity_EraseData")
                                                + flow("Gateway_Fork", "EndEvent_RequestLapsed")));
        leave("the erasure waits")
                .by(
                        "for a month",
                        e -> through(
                                e,
                                LEAVE,
                                "Flow_AccountClosed",
                                "Later",
                                later("Later", "P30D"),
                                "CallActivity_EraseData"))
                .by(
                        "for staff who don't come",
                        e -> through(
                                e,
                                LEAVE,
                                "Flow_AccountClosed",
                                "UserTask_Later",
                                staffTask("UserTask_Later", "view-progress"),
                                "CallActivity_EraseData"));
    }

    /** What the engine makes of a diagram. */
    private void engine() {
        leave("it fails after the closing")
                .by(
                        "a delegate that there is not",
                        e -> through(
                                e,
                                LEAVE,
                                "Flow_AccountClosed",
                                "Missing",
                                service("Missing", "noSuchDelegate").replace(" />", " camunda:asyncBefore=\"true\" />"),
                                "CallActivity_EraseData"))
                .by(
                        "an error that nobody catches",
                        e -> e.redirect(LEAVE, "Flow_AccountClosed", "Thrown")
                                .add(
                                        LEAVE,
                                        "<bpmn:endEvent id=\"Thrown\"><bpmn:errorEventDefinition id=\"Thrown_1\" errorRef=\"Error_Lapsed\" /></bpmn:endEvent>"));
        leave("it closes twice")
                .by(
                        "two at once",
                        e -> e.redirect(LEAVE, "Flow_CooledOff", "Gateway_Fork")
                                .add(
                                        LEAVE,
                                        "<bpmn:parallelGateway id=\"Gateway_Fork\" />"
                                                + service("Close2", "closeAccountDelegate")
                                                + flow("Gateway_Fork", CLOSE)
                                                + flow("Gateway_Fork", "Close2")
                                                + flow("Close2", "CallActivity_EraseData")))
                .by(
                        "one after the other",
                        e -> through(
                                e,
                                LEAVE,
                                "Flow_AccountClosed",
                                "Close2",
                                service("Close2", "closeAccountDelegate"),
                                "CallActivity_EraseData"));
    }

    private static ModelEdit together(ModelEdit edit) {
        return edit.replace(ERASE + ".bpmn", " camunda:asyncBefore=\"true\"", "");
    }

    /** Puts a component above all others of a form. */
    private static ModelEdit first(ModelEdit edit, String form, String component) {
        return edit.replaceAll(form + ".form", "(?s)(\"components\": \\[)", "$1 " + component + ",");
    }

    /** Leads a flow to a new element, and from there to the target. */
    private static ModelEdit through(
            ModelEdit edit, String process, String flow, String id, String element, String target) {
        return edit.redirect(process, flow, id).add(process, element + flow(id, target));
    }

    private static ModelEdit toStaff(ModelEdit edit, String process, String task) {
        return edit.change(process, task, ASSIGNEE, STAFF);
    }

    private static ModelEdit toAdmin(ModelEdit edit, String process, String task) {
        return edit.change(process, task, ASSIGNEE, "camunda:assignee=\"admin\"");
    }

    private static ModelEdit tableWith(ModelEdit edit, String coolingOff) {
        return edit.replace("deregistration-policy.dmn", "\"PT0S\"", "\"" + coolingOff + "\"");
    }

    private static ModelEdit swap(
            ModelEdit edit, String process, String yes, String yesTarget, String no, String noTarget) {
        return edit.redirect(process, yes, noTarget).redirect(process, no, yesTarget);
    }

    private static String radio(String key, String label, String value) {
        return "{\"type\": \"radio\", \"id\": \"Field_other\", \"key\": \"" + key + "\", \"label\": \"您的决定\","
                + " \"values\": [{\"label\": \"" + label + "\", \"value\": \"" + value + "\"}]}";
    }

    private static String nobodys() {
        return "<bpmn:userTask id=\"UserTask_Nobodys\" name=\"等待\" camunda:formRef=\"view-progress\""
                + " camunda:formRefBinding=\"deployment\" />";
    }

    private static ModelEdit again(ModelEdit edit, String task, String form) {
        return edit.redirect(CHANGE, "Flow_UnbindingConfirmedYes", task)
                .addBefore(CHANGE, "UserTask_ConfirmUnbinding", holderTask(task, form) + flow(task, REBIND));
    }

    private static String holderTask(String id, String form) {
        return "<bpmn:userTask id=\"" + id + "\" name=\"" + id + "\" camunda:assignee=\"${subject}\" camunda:formRef=\""
                + form + "\" camunda:formRefBinding=\"deployment\" />";
    }

    private static String staffTask(String id, String form) {
        return "<bpmn:userTask id=\"" + id + "\" name=\"代办\" " + STAFF + " camunda:formRef=\"" + form
                + "\" camunda:formRefBinding=\"deployment\" />";
    }

    private static String service(String id, String bean) {
        return "<bpmn:serviceTask id=\"" + id + "\" name=\"" + id + "\" camunda:delegateExpression=\"${" + bean
                + "}\" />";
    }

    private static String later(String id, String duration) {
        return "<bpmn:intermediateCatchEvent id=\"" + id + "\" name=\"以后\">" + timer(duration)
                + "</bpmn:intermediateCatchEvent>";
    }

    private static String boundary(String id, String task, boolean interrupts, String definition) {
        return "<bpmn:boundaryEvent id=\"" + id + "\" name=\"" + id + "\" cancelActivity=\"" + interrupts
                + "\" attachedToRef=\"" + task + "\">" + definition + "</bpmn:boundaryEvent>";
    }

    private static String timer(String duration) {
        return "<bpmn:timerEventDefinition><bpmn:timeDuration>" + duration
                + "</bpmn:timeDuration></bpmn:timerEventDefinition>";
    }

    private static String flow(String from, String to) {
        return "<bpmn:sequenceFlow id=\"Flow_" + from + "_" + to + "\" sourceRef=\"" + from + "\" targetRef=\"" + to
                + "\" />";
    }
}
