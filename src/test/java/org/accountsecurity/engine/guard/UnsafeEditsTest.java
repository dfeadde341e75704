package org.accountsecurity.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.accountsecurity.testing.ApplicationTest;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** What somebody could do to the shipped files, by mistake or not: each is refused, and what is to blame is named. */
@ApplicationTest
class UnsafeEditsTest {

    /**
     * What it is, what is told (all that is told, if it is a whole sentence), and in which file which text becomes which:
     * {@code @Id text} is the first such text from that element on, {@code +} adds at the end of a process or the begin of a
     * form, {@code -} drops an element, {@code --} the file.
     */
    private static final String EDITS = """
            # waits and answers
            a task waits for ever | account-deregistration.bpmn 里的 UserTask_ReadNotice “阅读注销须知”会一直等下去。请在它上面加一个中断的定时边界事件，并画出到期之后的路径。 | account-deregistration | - | BoundaryEvent_NoticeLapsed | account-deregistration | - | Flow_NoticeLapsed
            a task waits after the point of no return | data-erasure.bpmn 里的 UserTask_ViewProgress “查看清除进度”会一直等下去。请在它上面加一个中断的定时边界事件，并画出到期之后的路径。 | data-erasure | - | BoundaryEvent_ProgressSeen | data-erasure | - | Flow_ProgressSeen
            a task of a called process waits | UserTask_RenewCode “重新获取验证码”会一直等下去 | verification-code | - | BoundaryEvent_RenewalLapsed | verification-code | - | Flow_RenewalLapsed
            a timer lets the task wait | UserTask_ConfirmDeregistration “确认注销”会一直等下去 | account-deregistration | @BoundaryEvent_ConfirmationLapsed attachedToRef | cancelActivity="false" attachedToRef
            a staff task waits for ever | UserTask_HandleStuckErasure “处理清除失败”会一直等下去 | data-erasure | - | BoundaryEvent_StuckUnhandled | data-erasure | - | Flow_StuckUnhandled
            a gateway has no answer for the rest | Gateway_NoticeAccepted “继续注销？”没有默认流 | account-deregistration | default="Flow_NoticeAcceptedNo" |
            a default flow of another gateway | Gateway_Complete “全部处理完？”没有默认流 | data-erasure | default="Flow_CompleteNo" | default="Flow_AbsenceVerified"
            a flow has no condition | Flow_NoticeAcceptedYes “同意”应当或者有条件 | account-deregistration | <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${choice == 'CONTINUE'}</bpmn:conditionExpression> |
            a default flow that has a condition | Flow_ConfirmedNo “撤回”应当或者有条件 | account-deregistration | @Flow_ConfirmedNo /> | ><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${choice == 'WITHDRAW'}</bpmn:conditionExpression></bpmn:sequenceFlow>
            a condition where nothing is asked | Flow_LoginRevoked 应当或者有条件，或者是没有条件的默认流；条件只写在有多个出口的排他网关上 | account-deregistration | sourceRef="ServiceTask_RevokeLogin" targetRef="EndEvent_AccountDeregistered" /> | sourceRef="ServiceTask_RevokeLogin" targetRef="EndEvent_AccountDeregistered"><bpmn:conditionExpression>${choice == 'CONTINUE'}</bpmn:conditionExpression></bpmn:sequenceFlow>
            a flow is deleted | ServiceTask_CheckCode “核对验证码”没有路径能到达。请连上，或者删去。 | verification-code | - | Flow_CodeChoiceSubmit
            a task that has just been drawn | account-deregistration.bpmn 里的 Drawn 没有路径能到达。请连上，或者删去。 | account-deregistration | + | <bpmn:serviceTask id="Drawn" />
            a task after which nothing comes | UserTask_ReadNotice “阅读注销须知”之后没有路径 | account-deregistration | - | Flow_NoticeRead
            an error is not caught | ServiceTask_CloseAccount “关闭账户”的错误“NotReady”没有人处理 | account-deregistration | - | BoundaryEvent_NotReady | account-deregistration | - | Flow_NotReady
            an error of a called process is not caught | verification-code.bpmn 里的 EndEvent_Lapsed “ | account-deregistration | - | BoundaryEvent_VerificationLapsed | account-deregistration | - | Flow_VerificationLapsed
            an exception is an error | Error_NotReady “尚不满足注销条件”的属性 errorCode | account-deregistration | errorCode="NotReady" | errorCode="java.lang.Exception"
            a timer is an error as well | BoundaryEvent_NotReady “条件有变”既是一种事件，又是另一种 | account-deregistration | @BoundaryEvent_NotReady <bpmn:errorEventDefinition | <bpmn:timerEventDefinition id="Both"><bpmn:timeDuration>PT1M</bpmn:timeDuration></bpmn:timerEventDefinition><bpmn:errorEventDefinition
            # timers and retries
            words | BoundaryEvent_NoticeLapsed “3 天未答复”的时间不对。请填 PT1M 到 P30D | account-deregistration | >P3D< | >3 days<
            no P | BoundaryEvent_NoticeLapsed “3 天未答复”的时间不对 | account-deregistration | >P3D< | >3D<
            nothing | BoundaryEvent_NoticeLapsed “3 天未答复”的时间不对 | account-deregistration | >P3D< | ><
            at once | BoundaryEvent_NoticeLapsed “3 天未答复”的时间不对 | account-deregistration | >P3D< | >PT0S<
            small letters | BoundaryEvent_NoticeLapsed “3 天未答复”的时间不对 | account-deregistration | >P3D< | >p3d<
            a minus in it | BoundaryEvent_NoticeLapsed “3 天未答复”的时间不对 | account-deregistration | >P3D< | >P3DT-1H<
            retries in small letters | ServiceTask_NotifyBothNumbers “通知新旧手机号”的重试间隔 | phone-unbinding | PT1M,PT10M,PT1H,PT6H,P1D | pt1m,pt2m
            a hundred years | BoundaryEvent_NoticeLapsed “3 天未答复”的时间不对 | account-deregistration | >P3D< | >P100Y<
            a thousand days | BoundaryEvent_NoticeLapsed “3 天未答复”的时间不对 | account-deregistration | >P3D< | >P1000D<
            an hour ago | BoundaryEvent_NoticeLapsed “3 天未答复”的时间不对 | account-deregistration | >P3D< | >PT-1H<
            a variable that is no time | BoundaryEvent_NoticeLapsed “3 天未答复”的时间不对 | account-deregistration | >P3D< | >${coolingOffEndsAt}<
            a timer without a time | BoundaryEvent_NoticeLapsed “3 天未答复”的时间不对 | account-deregistration | <bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P3D</bpmn:timeDuration> |
            a pause of nothing | IntermediateCatchEvent_StillStuck “2 小时后”的时间不对 | data-erasure | >PT2H< | >PT0S<
            a text as a date | BoundaryEvent_CodeExpired “验证码已过期”的时间不对 | verification-code | ${codeExpiresAt} | ${message}
            a day in the diagram | BoundaryEvent_CodeExpired “验证码已过期”的时间不对 | verification-code | ${codeExpiresAt} | 2030-01-01T00:00:00
            a property that is not for models | StartEvent_FirstWarningDue “ | account-deregistration | ${deregistrationDeadline.firstWarning} | ${deregistrationDeadline.class}
            a turn without end | BoundaryEvent_ContestWaits “每 3 天未核实”的时间不对 | contested-request | R/P3D | R/PT0S
            a cron | BoundaryEvent_ContestWaits “每 3 天未核实”的时间不对 | contested-request | R/P3D | 0 0 * * * ?
            no turn | BoundaryEvent_ContestWaits “每 3 天未核实”的时间不对 | contested-request | R/P3D | R0/P3D
            retries in words | ServiceTask_NotifyBothNumbers “通知新旧手机号”的重试间隔 soon | phone-unbinding | PT1M,PT10M,PT1H,PT6H,P1D | soon
            retries without end | ServiceTask_NotifyBothNumbers “通知新旧手机号”的重试间隔 | phone-unbinding | PT1M,PT10M,PT1H,PT6H,P1D | R2000000000/PT0S
            too many retries | ServiceTask_NotifyBothNumbers “通知新旧手机号”的重试间隔 | phone-unbinding | PT1M,PT10M,PT1H,PT6H,P1D | R21/PT1M
            a comma too many | ServiceTask_NotifyBothNumbers “通知新旧手机号”的重试间隔 | phone-unbinding | PT1M,PT10M,PT1H,PT6H,P1D | PT10S,
            retries too late | ServiceTask_NotifyBothNumbers “通知新旧手机号”的重试间隔 | phone-unbinding | PT1M,PT10M,PT1H,PT6H,P1D | P100D
            # code
            a script task | Script “脚本”含有 scriptTask，不在支持的范围内 | account-deregistration | + | <bpmn:scriptTask id="Script" name="脚本" scriptFormat="groovy"><bpmn:script>1</bpmn:script></bpmn:scriptTask>
            a class | ServiceTask_RevokeLogin “收回登录”的属性 camunda:class | account-deregistration | camunda:delegateExpression="${revokeLoginDelegate}" | camunda:class="java.lang.Object"
            a class in single quotes | ServiceTask_RevokeLogin “收回登录”的属性 camunda:class | account-deregistration | @ServiceTask_RevokeLogin name= | camunda:class = 'java.lang.Object' name=
            a class by another prefix | ServiceTask_RevokeLogin “收回登录”的属性 c:class | account-deregistration | @ServiceTask_RevokeLogin name= | xmlns:c="http://camunda.org/schema/1.0/bpmn" c:class="java.lang.Object" name=
            the engine's old namespace | ServiceTask_RevokeLogin “收回登录”的属性 activiti:delegateExpression | account-deregistration | camunda:delegateExpression="${revokeLoginDelegate}" | xmlns:activiti="http://activiti.org/bpmn" activiti:delegateExpression="${closeAccountDelegate}"
            an expression that does something | ServiceTask_RevokeLogin “收回登录”的属性 camunda:expression | account-deregistration | camunda:delegateExpression="${revokeLoginDelegate}" | camunda:expression="${execution.setVariable('a', 1)}"
            an external task that nothing ends | ServiceTask_RevokeLogin “收回登录”不是可用的外部任务 | account-deregistration | camunda:delegateExpression="${revokeLoginDelegate}" | camunda:type="external" camunda:topic="t"
            a mail | ServiceTask_RevokeLogin “收回登录”的属性 camunda:type | account-deregistration | @ServiceTask_RevokeLogin name= | camunda:type="mail" name=
            a shell | ServiceTask_RevokeLogin “收回登录”的属性 camunda:type | account-deregistration | @ServiceTask_RevokeLogin name= | camunda:type="shell" name=
            a variable for a result | ServiceTask_RevokeLogin “收回登录”的属性 camunda:resultVariable | account-deregistration | @ServiceTask_RevokeLogin name= | camunda:resultVariable="choice" name=
            a connector | ServiceTask_NotifyBothNumbers “通知新旧手机号”含有 connector | phone-unbinding | @ServiceTask_NotifyBothNumbers <bpmn:extensionElements> | <bpmn:extensionElements><camunda:connector><camunda:connectorId>http-connector</camunda:connectorId></camunda:connector>
            a listener that is a class | account-deregistration “注销账户”的属性 class | account-deregistration | <camunda:executionListener delegateExpression="${deregistrationEndedListener}" | <camunda:executionListener class="java.lang.Object"
            a listener when it begins | account-deregistration “注销账户”的属性 event | account-deregistration | event="end" | event="start"
            a listener of a task | UserTask_ReadNotice “阅读注销须知”里不能有 executionListener | account-deregistration | @UserTask_ReadNotice <bpmn:extensionElements> | <bpmn:extensionElements><camunda:executionListener delegateExpression="${deregistrationEndedListener}" event="end" />
            a task listener | UserTask_ReadNotice “阅读注销须知”含有 taskListener | account-deregistration | @UserTask_ReadNotice <bpmn:extensionElements> | <bpmn:extensionElements><camunda:taskListener class="x.Y" event="create" />
            an output | UserTask_ReadNotice “阅读注销须知”含有 outputParameter | account-deregistration | @UserTask_ReadNotice <bpmn:extensionElements> | <bpmn:extensionElements><camunda:inputOutput><camunda:outputParameter name="choice">CONFIRM</camunda:outputParameter></camunda:inputOutput>
            an input that is a script | UserTask_ReadNotice “阅读注销须知”含有 script | account-deregistration | @UserTask_ReadNotice <bpmn:extensionElements> | <bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name="a"><camunda:script scriptFormat="js">1</camunda:script></camunda:inputParameter></camunda:inputOutput>
            generated fields | UserTask_ReadNotice “阅读注销须知”含有 formData | account-deregistration | @UserTask_ReadNotice <bpmn:extensionElements> | <bpmn:extensionElements><camunda:formData><camunda:formField id="code" /></camunda:formData>
            a form handler | UserTask_ReadNotice “阅读注销须知”的属性 camunda:formHandlerClass | account-deregistration | @UserTask_ReadNotice name= | camunda:formHandlerClass="x.Y" name=
            a form key | UserTask_ReadNotice “阅读注销须知”的属性 camunda:formKey | account-deregistration | @UserTask_ReadNotice name= | camunda:formKey="embedded:app:x.html" name=
            a due date | UserTask_ReadNotice “阅读注销须知”的属性 camunda:dueDate | account-deregistration | @UserTask_ReadNotice name= | camunda:dueDate="${dateTime()}" name=
            candidates | UserTask_ReadNotice “阅读注销须知”的属性 camunda:candidateUsers | account-deregistration | @UserTask_ReadNotice name= | camunda:candidateUsers="${choice}" name=
            a priority in words | UserTask_ReadNotice “阅读注销须知”的属性 camunda:priority | account-deregistration | @UserTask_ReadNotice name= | camunda:priority="high" name=
            who has started it | StartEvent_DeregistrationRequested “申请注销”的属性 camunda:initiator | account-deregistration | @StartEvent_DeregistrationRequested name= | camunda:initiator="subject" name=
            who may start it | account-deregistration “注销账户”的属性 camunda:candidateStarterGroups | account-deregistration | <bpmn:process id= | <bpmn:process camunda:candidateStarterGroups="${choice}" id=
            true in capitals | ServiceTask_Erase “清除或匿名化”的属性 camunda:asyncBefore | data-erasure | @ServiceTask_Erase asyncBefore="true" | asyncBefore="TRUE"
            an error writes a variable | BoundaryEvent_NotReady “条件有变”的属性 camunda:errorCodeVariable | account-deregistration | @BoundaryEvent_NotReady_Definition errorRef | camunda:errorCodeVariable="choice" errorRef
            a script as a condition | Flow_ConfirmedYes “确认”的属性 language | account-deregistration | @Flow_ConfirmedYes xsi:type="bpmn:tFormalExpression" | xsi:type="bpmn:tFormalExpression" language="groovy"
            a condition that calls something | Flow_CoolingOffYes “有”里的表达式 | account-deregistration | ${coolingOff} | ${execution.getVariable('coolingOff')}
            a condition on a bean | Flow_CoolingOffYes “有”里的表达式 | account-deregistration | ${coolingOff} | ${messenger.delivers('SMS')}
            a condition that is a bean | Flow_CoolingOffYes “有”里的表达式 | account-deregistration | >${coolingOff}< | ><![CDATA[${closeAccountDelegate}]]><
            a method that is not for models | Flow_CoolingOffYes “有”里的表达式 | account-deregistration | ${coolingOff} | ${erasurePlan.getClass().name == 'x'}
            two conditions in one | Flow_CoolingOffYes “有”里的表达式 | account-deregistration | ${coolingOff} | ${coolingOff &amp;&amp; complete}
            an array in place of a property | Flow_CoolingOffYes “有”里的表达式 | account-deregistration | ${coolingOff} | ${deregistrationDeadline['firstWarning']}
            an expression behind a comment on it | Flow_CoolingOffYes “有”的 conditionExpression 里既有文字又有别的内容 | account-deregistration | >${coolingOff}< | >${empty closeAccountDelegate.execute(execution)}<bpmn:documentation /><
            an expression in a documentation | UserTask_ReadNotice “阅读注销须知”里的表达式 | account-deregistration | <bpmn:documentation>告知每类数据 | <bpmn:documentation>${accounts.find('acct-1')}告知每类数据
            an expression beside an element of a documentation | UserTask_ReadNotice “阅读注销须知”里的表达式 | account-deregistration | <bpmn:documentation>告知每类数据 | <bpmn:documentation><bpmn:incoming>x</bpmn:incoming>${accounts.find('acct-1')}告知每类数据
            a name that is computed | UserTask_ReadNotice “${subject}”里的表达式 | account-deregistration | name="阅读注销须知" | name="${subject}"
            a collection of another bean | SubProcess_EraseDataSet “ | data-erasure | ${erasurePlan.dataSets( | ${dataSetCatalogue.get(
            a bean that does not exist | account-deregistration.bpmn 里的 ServiceTask_CloseAccount “关闭账户”的 ${closeAccount} 不是系统里的处理程序。请从模板中选择。 | account-deregistration | ${closeAccountDelegate} | ${closeAccount}
            a bean that is no delegate | ServiceTask_CloseAccount “关闭账户”的 ${messenger} 不是 | account-deregistration | ${closeAccountDelegate} | ${messenger}
            a variable as delegate | ServiceTask_CloseAccount “关闭账户”的 ${choice} 不是 | account-deregistration | ${closeAccountDelegate} | ${choice}
            a delegate on a gateway, which runs none | Gateway_Complete “全部处理完？”的属性 camunda:delegateExpression | data-erasure | @Gateway_Complete name= | camunda:delegateExpression="${issueReceiptDelegate}" name=
            an inclusive gateway | Gateway_Other 含有 inclusiveGateway | account-deregistration | + | <bpmn:inclusiveGateway id="Gateway_Other" />
            a verification that happens no times | CallActivity_VerifyHolder “验证身份”里不能有 multiInstanceLoopCharacteristics | account-deregistration | <bpmn:outgoing>Flow_HolderVerified</bpmn:outgoing> | <bpmn:outgoing>Flow_HolderVerified</bpmn:outgoing><bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>0</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>
            a link | Link “跳”含有 intermediateThrowEvent | account-deregistration | + | <bpmn:intermediateThrowEvent id="Link" name="跳"><bpmn:linkEventDefinition id="Link_1" name="A" /></bpmn:intermediateThrowEvent>
            a compensation | BoundaryEvent_Undo “撤销”含有 compensateEventDefinition | account-deregistration | + | <bpmn:boundaryEvent id="BoundaryEvent_Undo" name="撤销" attachedToRef="ServiceTask_RevokeLogin"><bpmn:compensateEventDefinition id="Undo_1" /></bpmn:boundaryEvent>
            a message starts it | StartEvent_Message “消息”含有 messageEventDefinition | account-deregistration | + | <bpmn:startEvent id="StartEvent_Message" name="消息"><bpmn:messageEventDefinition id="Message_1" /></bpmn:startEvent>
            # code in a table, in each way that it can be written
            a blank before the equals sign | verification-policy “验证码规则”的属性 expressionLanguage | verification-policy | <outputEntry id= | <outputEntry expressionLanguage ="juel" id=
            a line before it | verification-policy “验证码规则”的属性 expressionLanguage | verification-policy | <outputEntry id= | <outputEntry expressionLanguage&#10;= "juel" id=
            single quotes | verification-policy “验证码规则”的属性 expressionLanguage | verification-policy | <outputEntry id= | <outputEntry expressionLanguage='juel' id=
            an entity | verification-policy “验证码规则”的属性 expressionLanguage | verification-policy | <outputEntry id= | <outputEntry expressionLanguage="&#106;uel" id=
            a language for a whole table | verification-policy.dmn 的属性 expressionLanguage | verification-policy | <definitions | <definitions expressionLanguage = 'groovy'
            a language of a column | verification-policy “验证码规则”的属性 expressionLanguage | verification-policy | typeRef="string"> | typeRef="string" expressionLanguage = "javascript">
            a type of one's own | verification-policy “验证码规则”的属性 typeRef | verification-policy | typeRef="integer" | typeRef="java.lang.Runtime"
            a variable of Camunda's for a column | verification-policy “验证码规则”的属性 camunda:inputVariable | verification-policy | <input id= | <input camunda:inputVariable="code" id=
            a table that asks another one | verification-policy “验证码规则”含有 knowledgeRequirement | verification-policy | <decisionTable id= | <knowledgeRequirement id="K"><requiredKnowledge href="#x" /></knowledgeRequirement><decisionTable id=
            more tries from some day on | verification-policy “验证码规则”第 1 行的 if today() | verification-policy | <text>5</text> | <text>if today() &gt; date("2027-06-01") then 100 else 5</text>
            no verification from some day on | verification-policy “验证码规则”第 1 行的 today() | verification-policy | <text>true</text> | <text>today() &lt; date("2027-06-01")</text>
            a row for some days only | verification-policy “验证码规则”第 1 行的 if today() | verification-policy | <text>"DEREGISTRATION"</text> | <text>if today() &lt; date("2027-06-01") then "DEREGISTRATION" else ""</text>
            a column that is computed | verification-policy “验证码规则”的输入列 day of week(today()) | verification-policy | <text>purpose</text> | <text>day of week(today())</text>
            # hard limits of tables
            eleven tries | verification-policy “验证码规则”的 DEREGISTRATION：每码可试次数 | verification-policy | <text>5</text> | <text>11</text>
            a code that lives for half an hour | verification-policy “验证码规则”的 DEREGISTRATION：有效期 | verification-policy | "PT5M" | "PT30M"
            a code that dies at once | verification-policy “验证码规则”的 DEREGISTRATION：有效期 | verification-policy | "PT5M" | "PT1S"
            four digits | verification-policy “验证码规则”的 DEREGISTRATION：位数 | verification-policy | <text>6</text> | <text>4</text>
            no verification | verification-policy “验证码规则”的 DEREGISTRATION：这一用途的验证不能关闭 | verification-policy | <text>true</text> | <text>false</text>
            no wait between codes | verification-policy “验证码规则”的 DEREGISTRATION：重发间隔 | verification-policy | PT60S | PT1S
            a day between two codes | verification-policy “验证码规则”的 DEREGISTRATION：重发间隔 | verification-policy | "PT60S,PT120S,PT300S" | "P1D"
            a million codes an hour | verification-policy “验证码规则”的 DEREGISTRATION：每小时发送 | verification-policy | @Rule_Deregistration_sendsPerHour <text>5< | <text>1000000<
            a million codes a day | verification-policy “验证码规则”的 DEREGISTRATION：每小时发送 | verification-policy | @Rule_Deregistration_sendsPerDay <text>10< | <text>1000000<
            codes without end to any number | verification-policy “验证码规则”的 NEW_PHONE：全店每小时发送 | verification-policy | <text>1000</text> | <text></text>
            a pause of a second | verification-policy “验证码规则”的 DEREGISTRATION：错误过多暂停 | verification-policy | "PT1H" | "PT1S"
            a pause of a month | verification-policy “验证码规则”的 DEREGISTRATION：错误过多暂停 | verification-policy | "PT1H" | "P30D"
            an output is renamed | verification-policy “验证码规则”的 DEREGISTRATION：算不出结果 | verification-policy | name="tries" | name="attempts"
            an output has another type | verification-policy “验证码规则”的 DEREGISTRATION：算不出结果 | verification-policy | name="tries" typeRef="integer" | name="tries" typeRef="string"
            an input is renamed | verification-policy “验证码规则”的 DEREGISTRATION：应当正好有一行 | verification-policy | <text>purpose</text> | <text>why</text>
            two rows for one purpose | verification-policy “验证码规则”的 DEREGISTRATION： | verification-policy | @Rule_NewPhone "NEW_PHONE" |
            a data set has no row | data-retention “数据处理与保存期限”的 favourites：应当正好有一行 | data-retention | "favourites" | "favorites"
            a data set is to be kept that can't be | data-retention “数据处理与保存期限”的 | data-retention | <text>"ERASE"</text> | <text>"ANONYMISE"</text>
            records are kept for no time | data-retention “数据处理与保存期限”的 | data-retention | <text>"P3Y"</text> | <text></text>
            records are kept for a day | data-retention “数据处理与保存期限”的 | data-retention | "P3Y" | "P1D"
            records are kept for ever | data-retention “数据处理与保存期限”的 | data-retention | "P3Y" | "P1000Y"
            records are kept backwards | data-retention “数据处理与保存期限”的 | data-retention | "P3Y" | "P-3Y"
            debts are let pass | deregistration-eligibility “ | deregistration-eligibility | <text>true</text> | <text>false</text>
            receipts are kept for a month | deregistration-policy “ | deregistration-policy | P1096D | P30D
            a cooling-off for half a year | deregistration-policy “ | deregistration-policy | "PT0S" | "P180D"
            a table comes without its diagram | verification-policy 这张决策表和流程图 verification-code 缺了一个 | verification-code | -- |
            a table is left out | data-retention 这张决策表和流程图 data-erasure 缺了一个 | data-retention | -- |
            a table that nobody reads | verification-policy 这张决策表和流程图 verification-code 缺了一个 | verification-policy | decision id="verification-policy" | decision id="verification-policies"
            its history is kept for no time | verification-policy “验证码规则”没有可用的历史保存期限 | verification-policy | "P190D" | "P0D"
            # what the engine runs
            a process is not executable | verification-code “验证码”的属性 isExecutable 只能是 true | verification-code | isExecutable="true" | isExecutable="false"
            history in words | account-deregistration “注销账户”没有可用的历史保存期限 | account-deregistration | "P190D" | "half a year"
            history for no time | account-deregistration “注销账户”没有可用的历史保存期限 | account-deregistration | "P190D" | "P0D"
            history for ever | data-erasure “清除个人数据”没有可用的历史保存期限 | data-erasure | camunda:historyTimeToLive="P190D" |
            history for 273 years | account-deregistration “注销账户”没有可用的历史保存期限 | account-deregistration | "P190D" | "P99999D"
            a holder's process begins by itself | StartEvent_DeregistrationRequested “申请注销”由持有人开始 | account-deregistration | @StartEvent_DeregistrationRequested </bpmn:startEvent> | <bpmn:timerEventDefinition id="Daily"><bpmn:timeCycle>R/P1D</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>
            the holder is not told what is asked for | StartEvent_DeregistrationRequested “申请注销”由持有人开始 | account-deregistration | @StartEvent_DeregistrationRequested camunda:formRef="request-deregistration" camunda:formRefBinding="deployment" |
            a called process can be started by itself | data-erasure.bpmn 里的 StartEvent_ | data-erasure | camunda:isStartableInTasklist="false" |
            a called process is left out | account-deregistration.bpmn 里的 CallActivity_VerifyHolder “验证身份”调用的流程 verification-code 不在这次部署里 | verification-code | -- |
            a call that has lost what it calls | CallActivity_EraseData “清除个人数据”的 callActivity 没有填写 calledElement | account-deregistration | calledElement="data-erasure" |
            whatever is newest is called | CallActivity_EraseData “清除个人数据”的属性 camunda:calledElementBinding 只能是 deployment | account-deregistration | @CallActivity_EraseData Binding="deployment" | Binding="latest"
            no binding, which is the newest | CallActivity_EraseData “清除个人数据”的 callActivity 没有填写 camunda:calledElementBinding | account-deregistration | @CallActivity_EraseData camunda:calledElementBinding="deployment" |
            every variable goes into a call | CallActivity_VerifyHolder “验证身份”的属性 variables | account-deregistration | @CallActivity_VerifyHolder <camunda:in | <camunda:in variables="all" /><camunda:in
            somebody else is verified | CallActivity_EraseData “清除个人数据”传给变量 subject 的一行 | account-deregistration | @CallActivity_EraseData source="subject" | sourceExpression="acct-10002"
            another variable in its place | CallActivity_VerifyHolder “验证身份”传给变量 channel 的一行 | account-deregistration | source="channel" | source="chanel"
            a request is not handed over | CallActivity_EraseData “清除个人数据”没有把申请的编号传下去 | account-deregistration | @CallActivity_EraseData <camunda:in businessKey="#{execution.processBusinessKey}" /> |
            one request for all | CallActivity_EraseData “清除个人数据”的属性 businessKey | account-deregistration | @CallActivity_EraseData "#{execution.processBusinessKey}" | "request"
            a task of nobody known | UserTask_ConfirmDeregistration “确认注销”的属性 camunda:assignee | account-deregistration | @UserTask_ConfirmDeregistration ${subject} | owner
            a variable says who answers | UserTask_ConfirmDeregistration “确认注销”的属性 camunda:assignee | account-deregistration | @UserTask_ConfirmDeregistration ${subject} | ${choice}
            nobody answers | UserTask_HandleStuckErasure “处理清除失败”不是申请人的，也不是客服的 | data-erasure | camunda:candidateGroups="support" |
            holder and staff answer | UserTask_ConfirmDeregistration “确认注销”不是申请人的，也不是客服的 | account-deregistration | @UserTask_ConfirmDeregistration camunda:assignee | camunda:candidateGroups="support" camunda:assignee
            customers do what is for staff | UserTask_HandleStuckErasure “处理清除失败”的属性 camunda:candidateGroups | data-erasure | candidateGroups="support" | candidateGroups="support, account-holder"
            customers in another line | UserTask_HandleStuckErasure “处理清除失败”的属性 camunda:candidateGroups | data-erasure | candidateGroups="support" | candidateGroups="support,&#xA;account-holder"
            customers behind a carriage return | UserTask_HandleContest “核实异议”的属性 camunda:candidateGroups | contested-request | candidateGroups="support" | candidateGroups="support,&#13;account-holder"
            a task has no name | UserTask_ReadNotice 的 userTask 没有填写 name | account-deregistration | name="阅读注销须知" |
            a task has a blank for a name | UserTask_ReadNotice “ ”的属性 name | account-deregistration | name="阅读注销须知" | name=" "
            a code is told to its check | ServiceTask_CheckCode “核对验证码”的输入参数 code | verification-code | <bpmn:incoming>Flow_CodeChoiceSubmit</bpmn:incoming> | <bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name="code">123456</camunda:inputParameter></camunda:inputOutput></bpmn:extensionElements><bpmn:incoming>Flow_CodeChoiceSubmit</bpmn:incoming>
            one data set is erased over and over | ServiceTask_Erase “清除或匿名化”的输入参数 dataSet | data-erasure | @ServiceTask_Erase <bpmn:extensionElements> | <bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name="dataSet">orders</camunda:inputParameter></camunda:inputOutput>
            a result in place of what a delegate says | BusinessRuleTask_Own “判断”的变量 eligible 是系统的 | account-deregistration | + | <bpmn:businessRuleTask id="BusinessRuleTask_Own" name="判断" camunda:decisionRef="verification-policy" camunda:decisionRefBinding="deployment" camunda:resultVariable="eligible" />
            a table of whatever is newest | BusinessRuleTask_Own “判断”的属性 camunda:decisionRefBinding | account-deregistration | + | <bpmn:businessRuleTask id="BusinessRuleTask_Own" name="判断" camunda:decisionRef="verification-policy" camunda:decisionRefBinding="latest" />
            a table that is not there | BusinessRuleTask_Own “判断”的决策表 elsewhere 不在这次部署里 | account-deregistration | + | <bpmn:businessRuleTask id="BusinessRuleTask_Own" name="判断" camunda:decisionRef="elsewhere" camunda:decisionRefBinding="deployment" />
            a table whose answer nobody takes | BusinessRuleTask_Own “判断”的决策表 verification-policy 不在这次部署里，或没有写明结果给谁 | account-deregistration | + | <bpmn:businessRuleTask id="BusinessRuleTask_Own" name="判断" camunda:decisionRef="verification-policy" camunda:decisionRefBinding="deployment" camunda:resultVariable="own" />
            a table without a binding | BusinessRuleTask_Own “判断”的决策表 verification-policy | account-deregistration | + | <bpmn:businessRuleTask id="BusinessRuleTask_Own" name="判断" camunda:decisionRef="verification-policy" />
            a diagram is broken | data-erasure.bpmn 无法读取：第 | data-erasure | </bpmn:process> |
            # forms
            a form sets what Java decides | enter-code.form 的字段 codeResult 与系统组件重名 | enter-code | "key": "code" | "key": "codeResult"
            a form sets it if it may | enter-code.form 的字段 codeResult 与系统组件重名 | enter-code | + | {"type": "textfield", "readonly": "=false", "key": "codeResult", "label": "留言"},
            a form sets whom it is about | request-deregistration.form 的字段 subject 与系统组件重名 | request-deregistration | + | {"type": "textfield", "key": "subject", "label": "账户"},
            a form sets what a code is for | enter-code.form 的字段 purpose 与系统组件重名 | enter-code | + | {"type": "textfield", "key": "purpose", "label": "留言"},
            a form sets what is erased | handle-stuck-erasure.form 的字段 dataSet 与系统组件重名 | handle-stuck-erasure | + | {"type": "textfield", "key": "dataSet", "label": "留言"},
            a form writes the system's message | cool-off.form 的字段 notReadyAt 与系统组件重名 | cool-off | + | {"type": "textfield", "key": "notReadyAt", "label": "留言"},
            a field is named like a bean | enter-code.form 的字段 checkCodeDelegate 与系统组件重名 | enter-code | "key": "code" | "key": "checkCodeDelegate"
            a key that is no word | cool-off.form 的字段 a.b 的 key 不是一个单词 | cool-off | + | {"type": "textfield", "key": "a.b", "label": "留言"},
            two fields have one key | enter-code.form 里有两个字段的 key 都是 code | enter-code | + | {"type": "textfield", "key": "code", "label": "留言"},
            a form is newer than Tasklist | enter-code.form 的 schemaVersion 高于 16 | enter-code | "schemaVersion": 16 | "schemaVersion": 18
            a form is left out | account-deregistration.bpmn 里的 UserTask_ConfirmDeregistration “确认注销”的表单 confirm-deregistration 不在这次部署里。请把全部流程图、决策表和表单一起部署。 | confirm-deregistration | -- |
            a form is of any deployment | UserTask_ReadNotice “阅读注销须知”的属性 camunda:formRefBinding 只能是 deployment | account-deregistration | @UserTask_ReadNotice Binding="deployment" | Binding="latest"
            a task without a form | UserTask_ReadNotice “阅读注销须知”的 userTask 没有填写 camunda:formRef | account-deregistration | camunda:formRef="read-deregistration-notice" camunda:formRefBinding="deployment" |
            a form is broken | cool-off.form 无法读取 | cool-off | "components": [ | "components":
            an iframe | enter-code.form 里的组件 iframe 不在支持的范围内 | enter-code | + | {"type": "iframe", "url": "https://example.org"},
            HTML | enter-code.form 里的组件 html 不在支持的范围内 | enter-code | + | {"type": "html", "content": "<b>x</b>"},
            a list that grows | enter-code.form 里的组件 dynamiclist 不在支持的范围内 | enter-code | + | {"type": "dynamiclist", "path": "codeResult", "components": []},
            a group with a path | enter-code.form 的字段 group 的 path 是表达式或路径 | enter-code | + | {"type": "group", "path": "codeResult", "components": []},
            options by an expression | read-deregistration-notice.form 的字段 channel 的 valuesExpression 是表达式 | read-deregistration-notice | "valuesKey": "channels" | "valuesExpression": "=channels"
            a group is hidden | enter-code.form 里的分组有隐藏条件 | enter-code | + | {"type": "group", "conditional": {"hide": "=choice = null"}, "components": []},
            a field is hidden by what the server does not know | enter-code.form 的字段 code 的隐藏条件 | enter-code | "=choice != \\"SUBMIT\\"" | "=maskedTarget = null or choice != \\"SUBMIT\\""
            a pattern can't be read | enter-code.form 的字段 code 的正则表达式不对 | enter-code | ^[0-9]{6}$ | [
            a pattern that browsers do not know | enter-code.form 的字段 code 的正则表达式不对 | enter-code | "pattern": " | "pattern": "(?i)
            """;

    @Autowired
    DeploymentGuard guard;

    @Autowired
    RepositoryService repository;

    @TestFactory
    @DisplayName("an unsafe edit is refused, and what is to blame is named in a Chinese sentence with a remedy")
    Stream<DynamicTest> anUnsafeEditIsRefused() {
        return EDITS.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> Arrays.asList(line.replace("&#10;", "\n").split(" \\|( |$)", -1)))
                .map(row -> dynamicTest(row.get(0), () -> isRefused(row)));
    }

    private void isRefused(List<String> row) {
        ModelEdit edit = new ModelEdit();
        for (int column = 2; column < row.size(); column += 3) {
            change(edit, row.get(column), row.get(column + 1), row.get(column + 2));
        }

        List<String> findings =
                guard.findings(edit.files()).stream().map(Finding::toString).toList();

        assertThat(findings)
                .anySatisfy(finding -> assertThat(finding).contains(row.get(1)))
                .allSatisfy(finding -> assertThat(finding).matches("\\S+ .*\\p{IsHan}.*请.*。"));
        if (row.get(1).endsWith("。")) {
            assertThat(findings).hasSize(1);
        }
    }

    private static void change(ModelEdit edit, String name, String text, String otherwise) {
        String file = edit.texts().keySet().stream()
                .filter(known -> known.startsWith(name + "."))
                .findFirst()
                .orElseThrow();
        Matcher within = Pattern.compile("@(\\w+) (.*)").matcher(text);
        if (within.matches()) {
            edit.replaceAll(
                    file,
                    "(?s)(id=\"" + within.group(1) + "\".*?)" + Pattern.quote(within.group(2)) + "(.*)",
                    "$1" + Matcher.quoteReplacement(otherwise) + "$2");
        } else if (text.equals("+") && file.endsWith(".form")) {
            edit.replace(file, "\"components\": [", "\"components\": [" + otherwise);
        } else if (text.equals("+")) {
            edit.add(name, otherwise);
        } else if (text.equals("-")) {
            edit.drop(name, otherwise);
        } else if (text.equals("--")) {
            edit.remove(file);
        } else {
            edit.replace(file, text, otherwise);
        }
    }

    @Test
    @DisplayName("no process, table or form may be there twice")
    void nothingMayBeThereTwice() {
        ModelEdit edit = new ModelEdit();
        for (String kind : List.of("phone-unbinding.bpmn", "verification-policy.dmn", "enter-code.form")) {
            edit.texts().put("z-" + kind, edit.texts().get(kind));
        }

        assertThat(guard.findings(edit.files()))
                .hasSize(3)
                .allSatisfy(finding ->
                        assertThat(finding.toString()).startsWith("z-").contains("在另一个文件里也有"));
    }

    @Test
    @DisplayName("a refused deployment leaves nothing behind, not even what of it was safe")
    void aRefusedDeploymentLeavesNothingBehind() {
        long before = repository.createProcessDefinitionQuery().count();
        ModelEdit edited = new ModelEdit()
                .drop("account-deregistration", "BoundaryEvent_NoticeLapsed")
                .drop("account-deregistration", "Flow_NoticeLapsed");
        DeploymentBuilder deployment = repository.createDeployment().name("unsafe");
        edited.texts().forEach(deployment::addString);

        assertThatThrownBy(deployment::deploy)
                .isInstanceOf(UnsafeDeploymentException.class)
                .hasMessageContaining("UserTask_ReadNotice “阅读注销须知”会一直等下去");

        assertThat(repository.createProcessDefinitionQuery().count()).isEqualTo(before);
        assertThat(repository.createDeploymentQuery().deploymentName("unsafe").count())
                .isZero();
    }
}
