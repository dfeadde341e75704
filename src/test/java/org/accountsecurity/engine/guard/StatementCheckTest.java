package org.accountsecurity.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.accountsecurity.testing.Modeler;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of a form that carry legal weight are the release's, and what stands around them can't hide them. */
class StatementCheckTest {

    private static final String NOTICE = "read-deregistration-notice.form";
    private static final String CONFIRM = "confirm-deregistration.form";
    private static final String UNBIND = "confirm-unbinding.form";
    private static final String COMPONENTS = "\"components\": [";

    static Stream<Arguments> altered() {
        return Stream.of(
                edit(NOTICE, "我已阅读并同意以上注销须知", "我已阅读", "deregistration-consent"),
                edit(NOTICE, "\"label\": \"同意，继续注销\"", "\"label\": \"继续\"", "deregistration-decision"),
                edit(
                        NOTICE,
                        "\"key\": \"consent\",",
                        "\"key\": \"consent\", \"defaultValue\": true,",
                        "deregistration-consent"),
                edit(NOTICE, "\"=choice != \\\"CONTINUE\\\"\"", "\"=true\"", "deregistration-consent"),
                edit(
                        NOTICE,
                        "\"text\": \"{{notice}}\",",
                        "\"text\": \"{{notice}}\", \"conditional\": {\"hide\": \"=true\"},",
                        "deregistration-notice"),
                edit(CONFIRM, "\"value\": \"WITHDRAW\"", "\"value\": \"LATER\"", "deregistration-confirmation"),
                edit(CONFIRM, "\"required\": true", "\"required\": false", "deregistration-confirmation"),
                edit(UNBIND, "新号码 **{{maskedTarget}}** 已验证", "新号码已验证", "unbinding-new-phone"),
                edit("cool-off.form", "点下面的“撤回申请”", "点下面的“继续”", "deregistration-withdrawal"),
                edit(CONFIRM, "\"part\": \"deregistration-notice\"", "\"part\": \"notice\"", "不认识"),
                edit(
                        CONFIRM,
                        COMPONENTS,
                        COMPONENTS + "{\"type\": \"text\", \"text\": \"{{notice}}\","
                                + " \"properties\": {\"part\": \"deregistration-notice\"}, \"id\": \"Field_2\"},",
                        "里有两个"),
                edit(
                        CONFIRM,
                        COMPONENTS,
                        COMPONENTS + "{\"type\": \"group\", \"id\": \"Field_g\", \"components\": [{\"type\": \"text\","
                                + " \"text\": \"**改变主意了？** 点下面的“撤回申请”，账户照常使用。不撤回则什么都不用做。\","
                                + " \"properties\": {\"part\": \"deregistration-withdrawal\"}, \"id\": \"Field_w\"}]},",
                        "在分组里"));
    }

    private static Arguments edit(String file, String from, String to, String named) {
        return Arguments.of(file, from, to, named);
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("a named part that is not as shipped, not outermost or not there is refused by its name")
    void altered(String file, String from, String to, String named) {
        assertThat(findings(file, from, to)).anyMatch(finding -> finding.contains(named));
    }

    @ParameterizedTest
    @CsvSource({"{{notice}},{{ notice }}", "Field_consent,Field_other", "Row_6,Row_9"})
    @DisplayName("blanks in braces, ids and layout are the owner's")
    void whatIsTheOwners(String from, String to) {
        assertThat(findings(NOTICE, from, to)).isEmpty();
    }

    @Test
    @DisplayName("what stands around the named parts is the owner's")
    void whatStandsAroundThem() {
        assertThat(findings(
                        CONFIRM,
                        COMPONENTS,
                        COMPONENTS + "{\"type\": \"text\", \"text\": \"再见，{{ exportState }}，见[凭证](/receipt)。1 < 2\","
                                + " \"id\": \"Field_bye\"},"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=x onerror=alert(1)>",
                "<div style='position:fixed'>",
                "</div>",
                "< script>",
                "[x](https://evil.example)",
                "[x](//evil.example)",
                "[x](/\\\\evil.example)",
                "[x](evil.example)",
                "[x](javascript:alert(1))",
                "[x](&#106;avascript:alert)",
                "[x][1]",
                "\\n[1]: /x",
                "![x](/x.png)",
                "见 https://evil.example",
                "见 WWW.evil.example",
                "写信到 a@evil.example",
                "{{\\\"[x](http\\\" + \\\"s\\\"}}",
                "=\\\"<b\\\" + \\\">x\\\""
            })
    @DisplayName("HTML, and links and pictures from elsewhere, are refused in each text")
    void textsThatLeadAway(String text) {
        assertThat(findings(
                        "request-deregistration.form",
                        COMPONENTS,
                        COMPONENTS + "{\"type\": \"text\", \"text\": \"" + text + "\", \"id\": \"Field_x\"},"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("request-deregistration.form");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "登录密码",
                "银行卡号",
                "身 份 证号码",
                "Password",
                "请输入 PIN",
                "支付PIN码",
                "登录密\u200b码",
                "登錄密碼",
                "Pass-word",
                "ＰＩＮ",
                "=\\\"密\\\" + \\\"码\\\""
            })
    @DisplayName("a field that asks for a password, a card or an identity document is refused")
    void fieldsThatAskTooMuch(String label) {
        assertThat(findings(
                        "request-deregistration.form",
                        COMPONENTS,
                        COMPONENTS + "{\"type\": \"textfield\", \"key\": \"x\", \"label\": \"" + label
                                + "\", \"id\": \"Field_x\"},"))
                .hasSize(1)
                .first()
                .asString()
                .contains("系统从不需要");
    }

    @ParameterizedTest
    @ValueSource(strings = {"收件人", "Shopping 备注", "短信验证码"})
    @DisplayName("a field that asks for something else is not")
    void fieldsThatAskForSomethingElse(String label) {
        assertThat(findings(
                        "request-deregistration.form",
                        COMPONENTS,
                        COMPONENTS + "{\"type\": \"textfield\", \"key\": \"x\", \"label\": \"" + label
                                + "\", \"id\": \"Field_x\"},"))
                .isEmpty();
    }

    @Test
    @DisplayName("what is shipped is as shipped")
    void whatIsShipped() {
        assertThat(findings(NOTICE, COMPONENTS, COMPONENTS)).isEmpty();
    }

    private static List<String> findings(String file, String from, String to) {
        String text = Modeler.everythingWith("account-deregistration.bpmn").get(file);
        assertThat(text).contains(from);
        Models models = new Models(Map.of(file, text.replace(from, to).getBytes(StandardCharsets.UTF_8)));
        return new StatementCheck().findings(models).map(Finding::toString).toList();
    }
}
