package org.accountsecurity.engine.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.accountsecurity.request.Statement;
import org.accountsecurity.request.StatementForm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A form makes a statement of an answer only where it asks as the release does, whoever deployed it, and however. */
class FormStatementsTest {

    private static final String CONFIRM = "confirm-deregistration";
    private static final String COMPONENTS = "\"components\": [";

    @ParameterizedTest
    @CsvSource({
        "read-deregistration-notice, CONSENTED",
        "confirm-deregistration, CONFIRMED",
        "cool-off, WITHDRAWN",
        "read-unbinding-notice, CONSENTED",
        "confirm-unbinding, CONFIRMED"
    })
    @DisplayName("each shipped form asks for its statement; one that was deployed before parts had names does so, too")
    void eachShippedFormAsks(String form, Statement statement) throws IOException {
        assertThat(statements(read(form))).containsExactly(statement);
        assertThat(statements(read(form).replaceAll("\"properties\": \\{[^}]*},", "")))
                .containsExactly(statement);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "确认注销这个账户吗 | 继续吗",
                "{{notice}} | 没有什么须知",
                "\"required\": true | \"required\": false",
                "\"key\": \"choice\" | \"key\": \"choice\", \"readonly\": true",
                "### 最终确认 | <div style='position:fixed'>",
                "### 最终确认 | [先看这里](https://evil.example)",
                COMPONENTS + " | " + COMPONENTS
                        + "{\"key\": \"choice\", \"values\": [{\"label\": \"保留账户\", \"value\": \"CONFIRM\"}]},",
                COMPONENTS + " | " + COMPONENTS
                        + "{\"components\": [{\"key\": \"notice.text\", \"expression\": \"=1\"}]},"
            })
    @DisplayName("a form that asks otherwise, or has a text that could hide or lead away, makes no statement")
    void aFormThatAsksOtherwise(String from, String to) throws IOException {
        assertThat(read(CONFIRM)).contains(from);

        assertThat(statements(read(CONFIRM).replace(from, to))).isEmpty();
    }

    @Test
    @DisplayName("a part in a group makes no statement")
    void aPartInAGroup() throws IOException {
        String grouped = read(CONFIRM)
                .replace(COMPONENTS, COMPONENTS + "{\"type\": \"group\", " + COMPONENTS)
                .replaceFirst("]\\s*}\\s*$", "]}]}");

        assertThat(statements(grouped)).isEmpty();
    }

    private static List<Statement> statements(String form) throws IOException {
        return FormContract.parse(form.getBytes(StandardCharsets.UTF_8), Set.of()).statements().stream()
                .map(StatementForm::statement)
                .toList();
    }

    private static String read(String form) throws IOException {
        return Files.readString(Path.of("forms", form + ".form"));
    }
}
