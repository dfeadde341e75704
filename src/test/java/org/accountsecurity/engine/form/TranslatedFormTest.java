package org.accountsecurity.engine.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.accountsecurity.request.Statement;
import org.accountsecurity.request.StatementForm;
import org.accountsecurity.text.Messages;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TranslatedFormTest {

    private static final String READ = "read-unbinding-notice";

    @Test
    @DisplayName("a Chinese reader gets the bytes of the file")
    void chinese() throws IOException {
        assertThat(TranslatedForm.of(read().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(read().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName(
            "an English reader gets the same form with English texts, labels and options, and it asks for the same statement")
    void english() throws IOException {
        assertThat(english(read())).doesNotContainPattern("\\p{IsHan}").contains("\"value\":\"CONTINUE\"");
        assertThat(statements(read())).containsExactly(Statement.CONSENTED);
    }

    @Test
    @DisplayName(
            "a named part speaks the English of the release in a form of the owner's too, whose own texts stay Chinese")
    void aNamedPartInAFormOfTheOwners() throws IOException {
        String own = read().replace("\"id\": \"" + READ + "\"", "\"id\": \"own-notice\"");

        assertThat(english(own))
                .contains("### Notice on changing your phone number")
                .contains("验证码发到哪里");
        assertThat(statements(own)).containsExactly(Statement.CONSENTED);
    }

    @Test
    @DisplayName("a text that was changed is shown as it was written, and not as the English of the former")
    void aChangedText() throws IOException {
        assertThat(english(read().replace("验证码发到哪里", "验证码发往"))).contains("验证码发往");
        String changed = read().replace("**不能再登录**", "能登录");
        assertThat(english(changed)).contains("能登录").doesNotContain("can no longer log in");
        assertThat(statements(changed)).isEmpty();
    }

    private static String english(String form) {
        return Messages.in(
                Locale.ENGLISH,
                () -> new String(TranslatedForm.of(form.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8));
    }

    private static List<Statement> statements(String form) {
        return Messages.in(
                Locale.ENGLISH,
                () -> FormContract.parse(form.getBytes(StandardCharsets.UTF_8), Set.of()).statements().stream()
                        .map(StatementForm::statement)
                        .toList());
    }

    private static String read() throws IOException {
        return Files.readString(Path.of("forms", READ + ".form"));
    }
}
