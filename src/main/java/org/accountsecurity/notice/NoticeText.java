package org.accountsecurity.notice;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** The words of a notice as they stand in a diagram: Chinese, short, without a link, and with known placeholders only. */
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
            return Optional.of("应当是中文，最多 " + longest + " 个字。请改写。");
        }
        if (LINK.matcher(bare).find() || NUMBER.matcher(bare).find()) {
            return Optional.of("里有网址、邮箱或长串数字，收信人分不清真假。请去掉；需要登录的，写 {login}，发送时换成本系统的登录地址。");
        }
        return BREAKS.matcher(bare).find()
                ? Optional.of("里有换行、括号或不认识的占位符。正文里可以写 {phone}（打码的手机号）、{deadline}（办理期限）和 {login}（登录地址），标题里都不行。请改正。")
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
