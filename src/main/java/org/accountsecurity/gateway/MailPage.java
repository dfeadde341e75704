package org.accountsecurity.gateway;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.accountsecurity.text.Messages;
import org.springframework.web.util.HtmlUtils;

/** A message as an HTML page: its text escaped, its web addresses as links. */
final class MailPage {

    /** Ends where Chinese begins, and before punctuation that closes a sentence. */
    private static final Pattern WEB_ADDRESS = Pattern.compile("https?://[!-~&&[^<>\"']]*[!-~&&[^<>\"'.,;:!?)]]");

    private MailPage() {}

    static String of(Message message) {
        return "<!DOCTYPE html>\n<html lang=\"" + Messages.language().toLanguageTag()
                + "\"><head><meta charset=\"utf-8\"><title>"
                + escaped(message.subject())
                + "</title></head>\n<body><p style=\"font: 16px/1.6 sans-serif\">" + linked(message.text())
                + "</p></body></html>\n";
    }

    private static String linked(String text) {
        StringBuilder html = new StringBuilder();
        Matcher address = WEB_ADDRESS.matcher(text);
        int end = 0;
        for (; address.find(); end = address.end()) {
            String link = escaped(address.group());
            html.append(escaped(text.substring(end, address.start())))
                    .append("<a href=\"" + link + "\">" + link + "</a>");
        }
        return html.append(escaped(text.substring(end))).toString().replace("\n", "<br>\n");
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
    }
}
