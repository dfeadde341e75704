package org.accountsecurity.notice;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.accountsecurity.text.Messages;
import org.springframework.stereotype.Component;

/**
 * The rules for the words that an owner writes into a notice: Chinese, short, without links, and with known placeholders
 * only.
 */
@Component
class NoticeText {

    static final String SUBJECT = "noticeSubject";
    static final String TEXT = "noticeText";

    /** The number of the account with its middle hidden, the last day of the request, and our login page. */
    static final Set<String> PLACEHOLDERS = Set.of("phone", "deadline", "login");

    private static final int LONGEST_SUBJECT = 30;
    /** An SMS of three parts, with what is added to it. */
    private static final int LONGEST_TEXT = 150;

    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    /** An address by its scheme, or by a name with a dot in it, however wide the letters are. */
    private static final Pattern LINK = Pattern.compile("://|//|[\\p{L}\\p{N}-][.．。｡][A-Za-z0-9ａ-ｚＡ-Ｚ]|@|＠|(?i:www)");
    /** Of a phone, an account with a bank, a code. */
    private static final Pattern NUMBER = Pattern.compile("\\p{Nd}{5,}");

    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}【】<>$#{}]");

    /** What is wrong with one of them, with the remedy; empty if it will do. */
    Optional<String> objection(String input, String value) {
        boolean subject = SUBJECT.equals(input);
        int longest = subject ? LONGEST_SUBJECT : LONGEST_TEXT;
        String bare = subject ? value : PLACEHOLDER.matcher(value).replaceAll(NoticeText::known);
        if (!CHINESE.matcher(value).find() || value.length() > longest) {
            return Optional.of(Messages.text("notice.words", "most", longest));
        }
        if (LINK.matcher(bare).find() || NUMBER.matcher(bare).find()) {
            return Optional.of(Messages.text("notice.link", "login", "{login}"));
        }
        return BREAKS.matcher(bare).find()
                ? Optional.of(Messages.text(
                        "notice.breaks", "phone", "{phone}", "deadline", "{deadline}", "login", "{login}"))
                : Optional.empty();
    }

    private static String known(MatchResult placeholder) {
        return PLACEHOLDERS.contains(placeholder.group(1))
                ? ""
                : placeholder.group().replace("$", "\\$");
    }

    /** The text with its placeholders filled. */
    static String filled(String text, Map<String, Supplier<String>> values) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(values.get(found.group(1)).get()));
    }
}
