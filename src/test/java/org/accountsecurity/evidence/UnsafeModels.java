package org.accountsecurity.evidence;

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

    private static final String EACH_OF_NOTHING =
            "<bpmn:multiInstanceLoopCharacteristics camunda:collection=\"\\${erasurePlan"
                    + ".dataSets(execution.processBusinessKey)}\" camunda:elementVariable=\"dataSet\" />";

    private UnsafeModels() {}

    static Stream<UnsafeModel> all() {
        return Stream.of(
                        staff(),
                        words(),
                        order(),
                        silence(),
                        codes(),
                        coolingOff(),
                        elsewhere(),
                        owed(),
                        ends(),
                        engine())
                .flatMap(List::stream);
    }

    /** Staff in the holder's place. */
    private static List<UnsafeModel> staff() {
        return List.of(
                leave(
                        "staff consent and type the code",
                        "a group's tasks",
                        e -> toStaff(e, LEAVE, READ).change(CODE, "UserTask_EnterCode", ASSIGNEE, STAFF)),
                leave(
                        "staff consent and type the code",
                        "an administrator's tasks",
                        e -> toAdmin(e, LEAVE, READ)
                                .change(CODE, "UserTask_EnterCode", ASSIGNEE, "camunda:assignee=\"admin\"")),
                leave(
                        "staff do all of it",
                        "a group's tasks",
                        e -> toStaff(toStaff(e, LEAVE, READ), LEAVE, CONFIRM)
                                .change(CODE, "UserTask_EnterCode", ASSIGNEE, STAFF)),
                leave(
                        "staff do all of it",
                        "a subject that the diagram chooses",
                        e -> e.replaceAll(
                                        LEAVE + ".bpmn",
                                        "<camunda:in source=\"subject\" target=\"subject\" />",
                                        "<camunda:in sourceExpression=\"admin\" target=\"subject\" />")
                                .change(LEAVE, READ, ASSIGNEE, "camunda:assignee=\"admin\"")
                                .change(LEAVE, CONFIRM, ASSIGNEE, "camunda:assignee=\"admin\"")),
                leave("staff confirm", "a group's task", e -> toStaff(e, LEAVE, CONFIRM)),
                leave(
                        "staff confirm",
                        "a task beside the holder's",
                        e -> e.add(
                                LEAVE,
                                boundary("Helped", CONFIRM, false, timer("PT1S"))
                                        + staffTask("UserTask_Help", "confirm-deregistration")
                                        + flow("Helped", "UserTask_Help")
                                        + flow("UserTask_Help", COOL_OFF))),
                change(
                        "staff confirm a change",
                        "a group's task",
                        e -> toStaff(e, CHANGE, "UserTask_ConfirmUnbinding")),
                change(
                        "staff confirm a change",
                        "all tasks of a group",
                        e -> toStaff(
                                        toStaff(
                                                toStaff(e, CHANGE, "UserTask_ReadUnbindingNotice"),
                                                CHANGE,
                                                "UserTask_EnterNewPhone"),
                                        CHANGE,
                                        "UserTask_ConfirmUnbinding")
                                .change(CODE, "UserTask_EnterCode", ASSIGNEE, STAFF)));
    }

    /** What the forms say. */
    private static List<UnsafeModel> words() {
        return List.of(
                leave(
                        "the notice is not shown",
                        "no text",
                        e -> e.replace("read-deregistration-notice.form", "\"{{notice}}\"", "\"您的权益不受影响。\"")),
                leave(
                        "the notice is not shown",
                        "a text that is hidden",
                        e -> e.replaceAll(
                                "read-deregistration-notice.form",
                                "\"text\": \"\\{\\{notice}}\",",
                                "\"text\": \"{{notice}}\", \"conditional\": {\"hide\": \"=true\"},")),
                leave(
                        "the notice is not shown",
                        "another task's form asks for the consent",
                        e -> e.form("gift", "read-deregistration-notice", form -> form.replace("{{notice}}", "领取礼品"))
                                .change(LEAVE, READ, "formRef=\"[^\"]*\"", "formRef=\"gift\"")),
                leave(
                        "the consent is to something else",
                        "another label",
                        e -> e.replace("read-deregistration-notice.form", "我已阅读并同意以上注销须知", "我要领取优惠券")),
                leave(
                        "the consent is to something else",
                        "another question",
                        e -> e.replace("read-deregistration-notice.form", "同意，继续注销", "领取优惠券")),
                leave(
                        "the consent is not asked for",
                        "a box that is ticked already",
                        e -> e.replaceAll(
                                "read-deregistration-notice.form",
                                "\"type\": \"checkbox\",",
                                "\"type\": \"checkbox\", \"defaultValue\": true, \"conditional\": {\"hide\": \"=true\"},")),
                leave(
                        "the consent is not asked for",
                        "a flow past it",
                        e -> e.redirect(LEAVE, "Flow_Prepared", "CallActivity_VerifyHolder")
                                .replaceAll(
                                        LEAVE + ".bpmn",
                                        "<camunda:in source=\"channel\" target=\"channel\" />",
                                        "<camunda:in sourceExpression=\"SMS\" target=\"channel\" />")),
                leave(
                        "the notice is covered",
                        "by HTML above it",
                        e -> e.replaceAll(
                                "read-deregistration-notice.form",
                                "(?s)(\"components\": \\[)",
                                "$1 {\"type\": \"text\", \"id\": \"Field_cover\","
                                        + " \"text\": \"<div style='position:fixed;inset:0'>领取礼品</div>\"},")),
                leave(
                        "the notice is covered",
                        "by HTML in the confirmation",
                        e -> e.replaceAll(
                                "confirm-deregistration.form",
                                "(?s)(\"components\": \\[)",
                                "$1 {\"type\": \"text\", \"id\": \"Field_cover\", \"text\": \"<style>.x{}</style>\"},")),
                leave(
                        "another question has the same answer",
                        "above the confirmation",
                        e -> e.replaceAll(
                                "confirm-deregistration.form",
                                "(?s)(\"components\": \\[)",
                                "$1" + radio("choice", "撤回申请", "CONFIRM") + ",")),
                leave(
                        "another question has the same answer",
                        "in a group",
                        e -> e.replaceAll(
                                "confirm-deregistration.form",
                                "(?s)(\"components\": \\[)",
                                "$1 {\"type\": \"group\", \"id\": \"Group_1\", \"components\": ["
                                        + radio("choice", "撤回申请", "CONFIRM") + "]},")),
                leave(
                        "the notice is replaced in the browser",
                        "by an expression",
                        e -> e.replaceAll(
                                "read-deregistration-notice.form",
                                "(?s)(\"components\": \\[)",
                                "$1 {\"type\": \"expression\", \"id\": \"Field_expression\", \"key\": \"notice\","
                                        + " \"expression\": \"=\\\\\"没有影响。\\\\\"\", \"computeOn\": \"change\"},")),
                leave(
                        "the notice is replaced in the browser",
                        "by a field",
                        e -> e.replaceAll(
                                "confirm-deregistration.form",
                                "(?s)(\"components\": \\[)",
                                "$1 {\"type\": \"textfield\", \"id\": \"Field_notice\", \"key\": \"notice\", \"label\": \"须知\"},")),
                change(
                        "the number is replaced in the browser",
                        "by an expression",
                        e -> e.replaceAll(
                                "confirm-unbinding.form",
                                "(?s)(\"components\": \\[)",
                                "$1 {\"type\": \"expression\", \"id\": \"Field_expression\", \"key\": \"maskedTarget\","
                                        + " \"expression\": \"=\\\\\"138****8001\\\\\"\", \"computeOn\": \"change\"},")),
                leave(
                        "the confirmation says something else",
                        "other labels",
                        e -> e.replace("confirm-deregistration.form", "确认注销这个账户吗", "要保留账户吗")
                                .replace("confirm-deregistration.form", "\"label\": \"确认注销\"", "\"label\": \"保留账户\"")),
                leave(
                        "the confirmation says something else",
                        "labels swapped",
                        e -> e.replace("confirm-deregistration.form", "\"label\": \"确认注销\"", "\"label\": \"临时\"")
                                .replace(
                                        "confirm-deregistration.form",
                                        "\"label\": \"撤回申请，保留账户\"",
                                        "\"label\": \"确认注销\"")
                                .replace(
                                        "confirm-deregistration.form",
                                        "\"label\": \"临时\"",
                                        "\"label\": \"撤回申请，保留账户\"")),
                leave(
                        "the confirmation says something else",
                        "without the notice",
                        e -> e.replace("confirm-deregistration.form", "\"{{notice}}\"", "\"没有影响。\"")),
                change(
                        "the confirmation of a change says something else",
                        "another text",
                        e -> e.replace("confirm-unbinding.form", "**{{maskedTarget}}** 已验证", "已验证")),
                change(
                        "the confirmation of a change says something else",
                        "labels swapped",
                        e -> e.replace("confirm-unbinding.form", "\"label\": \"确认更换\"", "\"label\": \"临时\"")
                                .replace("confirm-unbinding.form", "\"label\": \"撤回，不更换\"", "\"label\": \"确认更换\"")
                                .replace("confirm-unbinding.form", "\"label\": \"临时\"", "\"label\": \"撤回，不更换\"")),
                change(
                        "the notice of a change is not shown",
                        "another text",
                        e -> e.replaceAll("read-unbinding-notice.form", "### 解绑须知[^\"]*", "### 领取礼品")),
                change(
                        "the notice of a change is not shown",
                        "not asked",
                        e -> e.redirect(CHANGE, "Flow_ChangeOpened", "SubProcess_ChoosePhone")));
    }

    /** The order of things, and answers that lead elsewhere. */
    private static List<UnsafeModel> order() {
        return List.of(
                leave(
                        "the last confirmation is left out",
                        "a flow past it",
                        e -> e.redirect(LEAVE, "Flow_HolderVerified", COOL_OFF)),
                leave(
                        "the last confirmation is left out",
                        "another form in its place",
                        e -> e.change(LEAVE, CONFIRM, "formRef=\"[^\"]*\"", "formRef=\"acknowledge-deregistration\"")
                                .replace(LEAVE + ".bpmn", "${choice == 'CONFIRM'}", "${true}")),
                leave(
                        "the confirmation comes before the code",
                        "a code at the end",
                        e -> e.redirect(LEAVE, "Flow_NoticeAcceptedYes", CONFIRM)
                                .redirect(LEAVE, "Flow_ConfirmedYes", "CallActivity_VerifyHolder")
                                .redirect(LEAVE, "Flow_HolderVerified", COOL_OFF)
                                .change(
                                        LEAVE,
                                        READ,
                                        "formRef=\"[^\"]*\"",
                                        "formRef=\"read-deregistration-notice\" camunda:priority=\"50\"")
                                .replaceAll(
                                        LEAVE + ".bpmn",
                                        "<camunda:in source=\"channel\" target=\"channel\" />",
                                        "<camunda:in sourceExpression=\"SMS\" target=\"channel\" />")),
                leave(
                        "the confirmation comes before the consent",
                        "first of all",
                        e -> e.redirect(LEAVE, "Flow_Prepared", "CallActivity_VerifyHolder")
                                .redirect(LEAVE, "Flow_ConfirmedYes", READ)
                                .redirect(LEAVE, "Flow_NoticeAcceptedYes", COOL_OFF)
                                .replaceAll(
                                        LEAVE + ".bpmn",
                                        "<camunda:in source=\"channel\" target=\"channel\" />",
                                        "<camunda:in sourceExpression=\"SMS\" target=\"channel\" />")),
                leave(
                        "who withdraws is closed",
                        "swapped answers",
                        e -> swap(
                                e,
                                LEAVE,
                                "Flow_ConfirmedYes",
                                COOL_OFF,
                                "Flow_ConfirmedNo",
                                "EndEvent_RequestWithdrawn")),
                leave(
                        "who withdraws is closed",
                        "any answer will do",
                        e -> e.replace(LEAVE + ".bpmn", "${choice == 'CONFIRM'}", "${true}")),
                leave(
                        "who withdraws is closed",
                        "while cooling off",
                        e -> tableWith(e, "P7D").redirect(LEAVE, "Flow_CoolOffWithdrawn", "EndEvent_CooledOff")),
                leave(
                        "who withdraws is closed",
                        "after cooling off",
                        e -> tableWith(e, "P7D").redirect(LEAVE, "Flow_WithdrawnWhileCoolingOff", CLOSE)),
                leave(
                        "who withdraws is closed",
                        "who withdraws goes on cooling off",
                        e -> tableWith(e, "P7D").redirect(LEAVE, "Flow_CoolOffWithdrawn", "UserTask_CoolOff")),
                leave(
                        "the confirmation is for each of nothing",
                        "a task",
                        e -> e.replaceAll(
                                        LEAVE + ".bpmn",
                                        "(?s)(<bpmn:userTask id=\"" + CONFIRM + "\".*?)</bpmn:userTask>",
                                        "$1" + EACH_OF_NOTHING + "</bpmn:userTask>")
                                .replace(LEAVE + ".bpmn", "${choice == 'CONFIRM'}", "${true}")),
                leave(
                        "the confirmation is for each of nothing",
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
                                                + flow("SubProcess_Nothing", COOL_OFF))),
                leave(
                        "an old confirmation is used again",
                        "what was not ready is closed later",
                        e -> e.redirect(LEAVE, "Flow_CooledOffNo", "Later")
                                .add(LEAVE, later("Later", "PT1H") + flow("Later", CLOSE))
                                .redirect(PREPARE, "Flow_Started", "ServiceTask_ComposeNotice")),
                leave(
                        "an old confirmation is used again",
                        "the confirmation is kept for a month",
                        e -> e.redirect(LEAVE, "Flow_ConfirmedYes", "Later")
                                .add(LEAVE, later("Later", "P12D") + flow("Later", COOL_OFF))),
                change(
                        "an old confirmation is used again",
                        "it is kept for some days",
                        e -> e.redirect(CHANGE, "Flow_UnbindingConfirmedYes", "Later")
                                .addBefore(CHANGE, REBIND, later("Later", "P3D") + flow("Later", REBIND))
                                .replaceAll(
                                        CHANGE + ".bpmn",
                                        "(BoundaryEvent_NewPhoneLapsed_Definition\"><bpmn:timeDuration[^>]*>)PT24H",
                                        "$1P20D")),
                change(
                        "who withdraws afterwards is changed",
                        "asked once more",
                        e -> again(e, "UserTask_Again", "enter-new-phone")),
                change(
                        "who withdraws afterwards is changed",
                        "shown once more what was read",
                        e -> again(e, "UserTask_Again", "read-unbinding-notice")),
                change(
                        "who withdraws is changed",
                        "swapped answers",
                        e -> swap(
                                e,
                                CHANGE,
                                "Flow_UnbindingConfirmedYes",
                                REBIND,
                                "Flow_UnbindingConfirmedNo",
                                "EndEvent_NewPhoneWithdrawn")),
                change(
                        "who withdraws is changed",
                        "any answer will do",
                        e -> e.replace(CHANGE + ".bpmn", "${choice == 'CONFIRM'}", "${true}")),
                change(
                        "the last confirmation of a change is left out",
                        "a flow past it",
                        e -> e.redirect(CHANGE, "Flow_NewPhoneVerified", REBIND)),
                change(
                        "the last confirmation of a change is left out",
                        "before there is a number",
                        e -> e.redirect(CHANGE, "Flow_HolderVerified", "UserTask_ConfirmUnbinding")
                                .redirect(CHANGE, "Flow_UnbindingConfirmedYes", "UserTask_EnterNewPhone")
                                .redirect(CHANGE, "Flow_NewPhoneVerified", REBIND)));
    }

    /** What happens when nobody answers. */
    private static List<UnsafeModel> silence() {
        return List.of(
                leave(
                        "silence is a confirmation",
                        "a time-out leads on",
                        e -> e.redirect(LEAVE, "Flow_ConfirmationLapsed", COOL_OFF)),
                leave(
                        "silence is a confirmation",
                        "beside the question",
                        e -> e.add(LEAVE, boundary("Beside", CONFIRM, false, timer("PT1S")) + flow("Beside", CLOSE))),
                leave(
                        "silence is a confirmation",
                        "beside the cooling-off",
                        e -> tableWith(e, "P7D")
                                .add(
                                        LEAVE,
                                        boundary("Beside", COOL_OFF, false, timer("PT1S")) + flow("Beside", CLOSE))),
                leave(
                        "silence is a consent",
                        "a time-out leads on",
                        e -> e.redirect(LEAVE, "Flow_NoticeLapsed", "CallActivity_VerifyHolder")
                                .replaceAll(
                                        LEAVE + ".bpmn",
                                        "<camunda:in source=\"channel\" target=\"channel\" />",
                                        "<camunda:in sourceExpression=\"SMS\" target=\"channel\" />")),
                leave(
                        "silence is a consent",
                        "the whole way without a question",
                        e -> e.redirect(LEAVE, "Flow_RequestOpened", CLOSE)),
                change(
                        "silence is a confirmation of a change",
                        "a time-out leads on",
                        e -> e.replaceAll(
                                CHANGE + ".bpmn",
                                "(<bpmn:serviceTask id=\"" + REBIND + "\")",
                                "<bpmn:boundaryEvent id=\"Silence\" attachedToRef=\"UserTask_ConfirmUnbinding\">"
                                        + timer("PT1H") + "</bpmn:boundaryEvent>" + flow("Silence", REBIND)
                                        + "$1")),
                change(
                        "silence is a confirmation of a change",
                        "no question at all",
                        e -> e.redirect(CHANGE, "Flow_NewPhoneNeeded", REBIND)));
    }

    /** Codes. */
    private static List<UnsafeModel> codes() {
        return List.of(
                leave(
                        "nobody is verified",
                        "a flow past it",
                        e -> e.redirect(LEAVE, "Flow_NoticeAcceptedYes", CONFIRM)),
                leave(
                        "nobody is verified",
                        "a wrong code will do",
                        e -> e.redirect(CODE, "Flow_CodeAcceptedRetry", "EndEvent_Verified")),
                leave(
                        "nobody is verified",
                        "who was told why not goes on",
                        e -> e.redirect(CODE, "Flow_CodeExpired", "EndEvent_Verified")
                                .redirect(CODE, "Flow_RenewedNo", "EndEvent_Verified")),
                leave(
                        "nobody is verified",
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
                                .add(CODE, later("Later", "PT1H") + flow("Later", "UserTask_EnterCode"))),
                leave(
                        "nobody is verified",
                        "the form says that the code is right",
                        e -> e.replaceAll(
                                        "enter-code.form",
                                        "(?s)(\"components\": \\[)",
                                        "$1 {\"type\": \"radio\", \"key\": \"codeResult\", \"label\": \"结果\", \"id\": \"Field_codeResult\","
                                                + " \"values\": [{\"label\": \"正确\", \"value\": \"ACCEPTED\"}]},")
                                .redirect(CODE, "Flow_CodeEntered", "Gateway_CodeAccepted")),
                leave(
                        "another purpose is verified",
                        "a code of another kind",
                        e -> e.replace(
                                LEAVE + ".bpmn",
                                "sourceExpression=\"DEREGISTRATION\"",
                                "sourceExpression=\"PHONE_UNBINDING\"")),
                change(
                        "the holder is not verified",
                        "a flow past it",
                        e -> e.redirect(CHANGE, "Flow_VerificationNeededYes", "UserTask_EnterNewPhone")),
                change(
                        "the holder is not verified",
                        "swapped answers",
                        e -> swap(
                                e,
                                CHANGE,
                                "Flow_VerificationNeededYes",
                                "CallActivity_VerifyHolder",
                                "Flow_VerificationNeededNo",
                                "UserTask_EnterNewPhone")),
                change(
                        "the holder is not verified",
                        "who fails goes on",
                        e -> e.replaceAll(
                                CHANGE + ".bpmn",
                                "(<bpmn:boundaryEvent id=\"BoundaryEvent_NewPhoneNotVerified\")",
                                "<bpmn:boundaryEvent id=\"Failed\" attachedToRef=\"CallActivity_VerifyHolder\">"
                                        + "<bpmn:errorEventDefinition id=\"Failed_1\" /></bpmn:boundaryEvent>"
                                        + flow("Failed", "UserTask_EnterNewPhone") + "$1")),
                change(
                        "the new number is not verified",
                        "a flow past it",
                        e -> e.redirect(CHANGE, "Flow_NewPhoneUsableYes", "UserTask_ConfirmUnbinding")),
                change(
                        "the new number is not verified",
                        "who fails goes on",
                        e -> e.redirect(CHANGE, "Flow_NewPhoneNotVerified", "UserTask_ConfirmUnbinding")),
                change(
                        "the new number is not verified",
                        "the old number is verified twice",
                        e -> e.replace(
                                CHANGE + ".bpmn",
                                "sourceExpression=\"NEW_PHONE\"",
                                "sourceExpression=\"PHONE_UNBINDING\"")),
                change(
                        "the number is another than the confirmed one",
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
                                                + flow("Check_Third", REBIND))),
                change(
                        "the number is another than the verified one",
                        "asked for again after the code",
                        e -> e.redirect(CHANGE, "Flow_NewPhoneVerified", "UserTask_Again")
                                .addBefore(
                                        CHANGE,
                                        "UserTask_ConfirmUnbinding",
                                        """
                                <bpmn:userTask id="UserTask_Again" name="再次输入" camunda:assignee="${subject}" camunda:formRef="enter-new-phone" camunda:formRefBinding="deployment" />
                                <bpmn:serviceTask id="ServiceTask_Again" name="检查" camunda:delegateExpression="${checkNewPhoneDelegate}" />"""
                                                + flow("UserTask_Again", "ServiceTask_Again")
                                                + flow("ServiceTask_Again", "UserTask_ConfirmUnbinding"))));
    }

    private static List<UnsafeModel> coolingOff() {
        return List.of(
                leave(
                        "the cooling-off of the table is left out",
                        "a flow past it",
                        e -> tableWith(e, "P7D").redirect(LEAVE, "Flow_ConfirmedYes", CLOSE)),
                leave(
                        "the cooling-off of the table is left out",
                        "swapped answers",
                        e -> swap(
                                tableWith(e, "P7D"),
                                LEAVE,
                                "Flow_CoolingOffYes",
                                "UserTask_CoolOff",
                                "Flow_CoolingOffNo",
                                "EndEvent_CooledOff")),
                leave(
                        "the cooling-off of the table is left out",
                        "it is over in a minute",
                        e -> tableWith(e, "P7D")
                                .replaceAll(
                                        LEAVE + ".bpmn",
                                        "(?s)(BoundaryEvent_CoolingOffOver_Definition\"><bpmn:)timeDate[^>]*>.*?</bpmn:timeDate>",
                                        "$1timeDuration>PT1M</bpmn:timeDuration>")),
                leave(
                        "the cooling-off of the table is left out",
                        "not begun",
                        e -> tableWith(e, "P7D").redirect(LEAVE, "Flow_CoolingOffEntered", "EndEvent_CooledOff")),
                leave(
                        "the cooling-off comes before the confirmation",
                        "it is over when the question comes",
                        e -> tableWith(e, "P7D")
                                .redirect(LEAVE, "Flow_HolderVerified", COOL_OFF)
                                .redirect(LEAVE, "Flow_CooledOff", CONFIRM)
                                .redirect(LEAVE, "Flow_ConfirmedYes", CLOSE)),
                leave(
                        "the cooling-off comes before the confirmation",
                        "it is waited out before the consent",
                        e -> tableWith(e, "P3D")
                                .redirect(LEAVE, "Flow_Prepared", COOL_OFF)
                                .redirect(LEAVE, "Flow_CooledOff", READ)
                                .redirect(LEAVE, "Flow_ConfirmedYes", CLOSE)));
    }

    /** One process in another's place. */
    private static List<UnsafeModel> elsewhere() {
        return List.of(
                change(
                        "another process closes",
                        "after a change",
                        e -> e.redirect(CHANGE, "Flow_PhoneChosen", "Close")
                                .add(
                                        CHANGE,
                                        service("Close", "closeAccountDelegate")
                                                + flow("Close", "ServiceTask_NotifyBothNumbers"))),
                change(
                        "another process closes",
                        "in place of a change",
                        e -> e.change(CHANGE, REBIND, "rebindPhoneDelegate", "closeAccountDelegate")),
                leave(
                        "another process changes the number",
                        "before it closes",
                        e -> e.redirect(LEAVE, "Flow_CooledOff", "Rebind")
                                .add(LEAVE, service("Rebind", "rebindPhoneDelegate") + flow("Rebind", CLOSE))),
                leave(
                        "another process changes the number",
                        "in place of closing",
                        e -> e.change(LEAVE, CLOSE, "closeAccountDelegate", "rebindPhoneDelegate")),
                owing(
                        "open items are not looked for",
                        "a flow past them",
                        e -> e.redirect(PREPARE, "Flow_Started", "ServiceTask_ComposeNotice")),
                owing(
                        "open items are not looked for",
                        "swapped answers",
                        e -> swap(
                                e,
                                PREPARE,
                                "Flow_EligibleYes",
                                "ServiceTask_ComposeNotice",
                                "Flow_EligibleNo",
                                "UserTask_ResolveOpenItems")),
                owing(
                        "open items are not looked for",
                        "no preparation",
                        e -> e.redirect(LEAVE, "Flow_RequestOpened", READ)),
                growing(
                        "the notice is an old one",
                        "closed later with what was told before",
                        e -> e.redirect(LEAVE, "Flow_CooledOffNo", "Later")
                                .add(LEAVE, later("Later", "PT1H") + flow("Later", CLOSE))),
                growing(
                        "the notice is an old one",
                        "told once and consented to once",
                        e -> e.redirect(LEAVE, "Flow_CooledOffNo", CONFIRM)),
                leave(
                        "the notice is an old one",
                        "composed once",
                        e -> e.redirect(PREPARE, "Flow_EligibleYes", "ServiceTask_PrepareExport")));
    }

    /** What is owed after the point of no return. */
    private static List<UnsafeModel> owed() {
        return List.of(
                leave(
                        "the erasure is left out",
                        "a flow past it",
                        e -> e.redirect(LEAVE, "Flow_AccountClosed", "UserTask_AcknowledgeResult")),
                leave("the erasure is left out", "the end at once", e -> e.redirect(LEAVE, "Flow_AccountClosed", DONE)),
                leave(
                        "the erasure is left out",
                        "a flow past the data sets",
                        e -> e.redirect(ERASE, "Flow_ErasureStarted", "ServiceTask_IssueReceipt")),
                leave(
                        "the erasure is left out",
                        "one data set is enough",
                        e -> e.replaceAll(
                                ERASE + ".bpmn",
                                "camunda:collection=\"[^\"]*\"",
                                "camunda:collection=\"\\${erasurePlan.dataSets(execution.processBusinessKey).subList(0, 1)}\"")),
                leave(
                        "the erasure is left out",
                        "nothing is passed to it",
                        e -> e.replaceAll(
                                LEAVE + ".bpmn",
                                "(?s)(<bpmn:callActivity id=\"CallActivity_EraseData\".*?)<camunda:in businessKey=\"[^\"]*\" />",
                                "$1")),
                leave(
                        "the erasure comes first",
                        "before the closing",
                        e -> e.redirect(LEAVE, "Flow_CooledOff", "CallActivity_EraseData")
                                .redirect(LEAVE, "Flow_DataErased", CLOSE)
                                .redirect(LEAVE, "Flow_AccountClosed", "UserTask_AcknowledgeResult")),
                leave(
                        "the erasure comes first",
                        "before the confirmation",
                        e -> e.redirect(LEAVE, "Flow_HolderVerified", "CallActivity_EraseData")
                                .redirect(LEAVE, "Flow_DataErased", CONFIRM)
                                .redirect(LEAVE, "Flow_AccountClosed", "UserTask_AcknowledgeResult")),
                leave(
                        "the erasure is one transaction with the closing",
                        "and fails",
                        e -> together(e)
                                .redirect(ERASE, "Flow_AllErased", "Missing")
                                .add(
                                        ERASE,
                                        service("Missing", "noSuchDelegate")
                                                + flow("Missing", "ServiceTask_IssueReceipt"))),
                leave("the erasure is one transaction with the closing", "and succeeds", UnsafeModels::together),
                leave(
                        "the erasure is not verified",
                        "a flow past it",
                        e -> e.redirect(ERASE, "Flow_CompleteYes", "EndEvent_DataSetErased")),
                leave(
                        "the erasure is not verified",
                        "after the first records",
                        e -> e.redirect(ERASE, "Flow_Erased", "EndEvent_DataSetErased")),
                leave(
                        "the receipt is left out",
                        "a flow past it",
                        e -> e.redirect(ERASE, "Flow_AllErased", "ServiceTask_NotifyHolder")),
                leave(
                        "the receipt is left out",
                        "the end at once",
                        e -> e.redirect(ERASE, "Flow_AllErased", "EndEvent_DataErased")),
                leave(
                        "the notice of the request is left out",
                        "no event sub-process",
                        e -> e.drop(LEAVE, "SubProcess_TellRequested")),
                leave(
                        "the notice of the request is left out",
                        "it comes next year",
                        e -> e.replaceAll(
                                LEAVE + ".bpmn",
                                "(id=\"StartEvent_TellingRequested_Definition\"><bpmn:timeDuration[^>]*>)PT0S",
                                "$1P365D")),
                leave(
                        "the notice of the closing is left out",
                        "neither now nor then",
                        e -> e.drop(ERASE, "SubProcess_TellClosing")
                                .redirect(ERASE, "Flow_ReceiptIssued", "EndEvent_DataErased")),
                leave(
                        "the notice of the closing is left out",
                        "and the erasure takes its time",
                        e -> e.drop(ERASE, "SubProcess_TellClosing")
                                .redirect(LEAVE, "Flow_AccountClosed", "Later")
                                .add(LEAVE, later("Later", "P30D") + flow("Later", "CallActivity_EraseData"))),
                leave(
                        "the notice of the closing is left out",
                        "no result",
                        e -> e.redirect(ERASE, "Flow_ReceiptIssued", "EndEvent_DataErased")),
                change(
                        "the notice of a change is left out",
                        "a flow past it",
                        e -> e.redirect(CHANGE, "Flow_PhoneChosen", "UserTask_AcknowledgeUnbinding")),
                change(
                        "the notice of a change is left out",
                        "the end at once",
                        e -> e.redirect(CHANGE, "Flow_PhoneChosen", "EndEvent_PhoneChanged")),
                leave(
                        "the login is never revoked",
                        "a flow past it",
                        e -> e.redirect(LEAVE, "Flow_ResultAcknowledged", DONE)
                                .redirect(LEAVE, "Flow_ResultTimedOut", DONE)),
                leave(
                        "the login is never revoked",
                        "the end before the result",
                        e -> e.redirect(LEAVE, "Flow_DataErased", DONE)));
    }

    /** Requests that nobody ends. */
    private static List<UnsafeModel> ends() {
        return List.of(
                leave(
                        "nobody can finish a task",
                        "before the closing",
                        e -> e.redirect(LEAVE, "Flow_Prepared", "UserTask_Nobodys")
                                .add(LEAVE, nobodys() + flow("UserTask_Nobodys", READ))
                                .drop(LEAVE, "BoundaryEvent_DeadlineReached")
                                .drop(LEAVE, "Flow_DeadlineReached")),
                leave(
                        "nobody can finish a task",
                        "after the closing",
                        e -> e.redirect(LEAVE, "Flow_AccountClosed", "UserTask_Nobodys")
                                .add(LEAVE, nobodys() + flow("UserTask_Nobodys", "CallActivity_EraseData"))),
                leave(
                        "nobody can finish a task",
                        "a form that takes no answer",
                        e -> e.replaceAll(
                                        "confirm-deregistration.form",
                                        "\"validate\": \\{",
                                        "\"validate\": {\"pattern\": \"^x\\$\",")
                                .drop(LEAVE, "BoundaryEvent_ConfirmationLapsed")
                                .drop(LEAVE, "Flow_ConfirmationLapsed")),
                change(
                        "nobody can finish a task",
                        "in a change",
                        e -> e.redirect(CHANGE, "Flow_ChangeOpened", "UserTask_Nobodys")
                                .add(CHANGE, nobodys() + flow("UserTask_Nobodys", "UserTask_ReadUnbindingNotice"))),
                change(
                        "nobody can finish a task",
                        "after a change",
                        e -> e.redirect(CHANGE, "Flow_PhoneChosen", "UserTask_Nobodys")
                                .add(CHANGE, nobodys() + flow("UserTask_Nobodys", "ServiceTask_NotifyBothNumbers"))),
                leave(
                        "no wait ends by itself",
                        "no time-outs",
                        e -> e.drop(LEAVE, "BoundaryEvent_NoticeLapsed").drop(LEAVE, "Flow_NoticeLapsed")),
                leave("no wait ends by itself", "time leads back", e -> e.redirect(LEAVE, "Flow_NoticeLapsed", READ)),
                leave(
                        "the request is never ended",
                        "no listener",
                        e -> e.replaceAll(LEAVE + ".bpmn", "<camunda:executionListener[^>]*/>", "")),
                change(
                        "the request is never ended",
                        "no listener",
                        e -> e.replaceAll(CHANGE + ".bpmn", "<camunda:executionListener[^>]*/>", "")),
                leave(
                        "an event ends it after the closing",
                        "begun before",
                        e -> e.add(
                                LEAVE,
                                boundary("Begun", READ, false, timer("PT1S"))
                                        + later("Later", "PT1H")
                                        + flow("Begun", "Later")
                                        + flow("Later", "EndEvent_RequestLapsed"))),
                leave(
                        "an event ends it after the closing",
                        "two ways out of a task",
                        e -> e.redirect(LEAVE, "Flow_AccountClosed", "Gateway_Fork")
                                .add(
                                        LEAVE,
                                        "<bpmn:parallelGateway id=\"Gateway_Fork\" />"
                                                + flow("Gateway_Fork", "CallActivity_EraseData")
                                                + flow("Gateway_Fork", "EndEvent_RequestLapsed"))),
                leave(
                        "the erasure waits",
                        "for a month",
                        e -> e.redirect(LEAVE, "Flow_AccountClosed", "Later")
                                .add(LEAVE, later("Later", "P30D") + flow("Later", "CallActivity_EraseData"))),
                leave(
                        "the erasure waits",
                        "for staff who don't come",
                        e -> e.redirect(LEAVE, "Flow_AccountClosed", "UserTask_Later")
                                .add(
                                        LEAVE,
                                        staffTask("UserTask_Later", "view-progress")
                                                + flow("UserTask_Later", "CallActivity_EraseData"))));
    }

    /** What the engine makes of a diagram. */
    private static List<UnsafeModel> engine() {
        return List.of(
                leave(
                        "it fails after the closing",
                        "a delegate that there is not",
                        e -> e.redirect(LEAVE, "Flow_AccountClosed", "Missing")
                                .add(
                                        LEAVE,
                                        service("Missing", "noSuchDelegate")
                                                        .replace(" />", " camunda:asyncBefore=\"true\" />")
                                                + flow("Missing", "CallActivity_EraseData"))),
                leave(
                        "it fails after the closing",
                        "an error that nobody catches",
                        e -> e.redirect(LEAVE, "Flow_AccountClosed", "Thrown")
                                .add(
                                        LEAVE,
                                        "<bpmn:endEvent id=\"Thrown\"><bpmn:errorEventDefinition id=\"Thrown_1\" errorRef=\"Error_Lapsed\" /></bpmn:endEvent>")),
                leave(
                        "it closes twice",
                        "two at once",
                        e -> e.redirect(LEAVE, "Flow_CooledOff", "Gateway_Fork")
                                .add(
                                        LEAVE,
                                        "<bpmn:parallelGateway id=\"Gateway_Fork\" />"
                                                + service("Close2", "closeAccountDelegate")
                                                + flow("Gateway_Fork", CLOSE)
                                                + flow("Gateway_Fork", "Close2")
                                                + flow("Close2", "CallActivity_EraseData"))),
                leave(
                        "it closes twice",
                        "one after the other",
                        e -> e.redirect(LEAVE, "Flow_AccountClosed", "Close2")
                                .add(
                                        LEAVE,
                                        service("Close2", "closeAccountDelegate")
                                                + flow("Close2", "CallActivity_EraseData"))));
    }

    private static ModelEdit together(ModelEdit edit) {
        return edit.replace(ERASE + ".bpmn", " camunda:asyncBefore=\"true\"", "");
    }

    private static UnsafeModel leave(String kind, String name, Consumer<ModelEdit> edit) {
        return new UnsafeModel(kind, name, LEAVE, Shop.QUIET, edit);
    }

    private static UnsafeModel owing(String kind, String name, Consumer<ModelEdit> edit) {
        return new UnsafeModel(kind, name, LEAVE, Shop.OWED, edit);
    }

    private static UnsafeModel growing(String kind, String name, Consumer<ModelEdit> edit) {
        return new UnsafeModel(kind, name, LEAVE, Shop.GROWING, edit);
    }

    private static UnsafeModel change(String kind, String name, Consumer<ModelEdit> edit) {
        return new UnsafeModel(kind, name, CHANGE, Shop.QUIET, edit);
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
        return " {\"type\": \"radio\", \"id\": \"Field_other\", \"key\": \"" + key + "\", \"label\": \"您的决定\","
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
