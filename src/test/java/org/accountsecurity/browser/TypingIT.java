package org.accountsecurity.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.Map;
import java.util.stream.IntStream;
import org.accountsecurity.testing.Depth;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever types as soon as there is a field. */
class TypingIT extends BrowserTest {

    /** Types one key after the other, so many milliseconds after a field is shown that was not there before. */
    private static final String TYPE_AT_ONCE = """
            ({ delay, text }) => {
              const there = document.querySelector('.task-details input[type=text]');
              const field = () => [...document.querySelectorAll('.task-details input[type=text]')]
                .find((input) => input !== there && input.getClientRects().length > 0);
              const type = (input, left) => {
                if (left) {
                  input.focus();
                  document.execCommand('insertText', false, left[0]);
                  setTimeout(type, 8, input, left.slice(1));
                }
              };
              const wait = () => {
                const input = field();
                input ? setTimeout(type, delay, input, text) : requestAnimationFrame(wait);
              };
              wait();
            }""";

    /** In milliseconds. */
    static IntStream delays() {
        return Depth.isFull() ? IntStream.of(0, 50, 100, 300) : IntStream.of(0, 100);
    }

    @ParameterizedTest
    @MethodSource("delays")
    @DisplayName("a code that is typed as soon as its field is shown is all there, and the button goes by it")
    void aCodeThatIsTypedAtOnce(int delay) {
        Holder holder = holderLike("acct-10001");
        Tasklist tasklist = session(Viewport.PHONE);
        tasklist.login(holder);
        tasklist.start("注销账户");
        tasklist.at("注销须知");

        typeAtOnce(tasklist, delay, "12345");
        tasklist.consent("短信 " + holder.maskedPhone());

        tasklist.at("输入验证码");
        Locator field = tasklist.form().getByLabel("6 位验证码");
        assertThat(field).hasValue("12345");
        assertThat(tasklist.submitButton()).isDisabled();
        field.press("6");
        assertThat(tasklist.submitButton()).isEnabled();
    }

    @ParameterizedTest
    @MethodSource("delays")
    @DisplayName("so is a new number, and Enter submits all of it")
    void aNumberThatIsTypedAtOnce(int delay) {
        Holder holder = holderLike("acct-10004");
        String newPhone = Holder.unusedPhone();
        Tasklist tasklist = session(Viewport.DESK);
        tasklist.login(holder);
        tasklist.start("解绑手机号");
        tasklist.accept("短信 " + holder.maskedPhone());
        tasklist.at("输入验证码");

        typeAtOnce(tasklist, delay, newPhone);
        tasklist.enterCode(holder.phone());

        tasklist.at("输入新手机号");
        Locator field = tasklist.form().getByLabel("新手机号");
        assertThat(field).hasValue(newPhone);
        field.press("Enter");
        tasklist.at("输入验证码");
        assertThat(tasklist.form()).containsText(newPhone.substring(7));
    }

    private static void typeAtOnce(Tasklist tasklist, int delay, String text) {
        tasklist.page().evaluate(TYPE_AT_ONCE, Map.of("delay", delay, "text", text));
    }
}
