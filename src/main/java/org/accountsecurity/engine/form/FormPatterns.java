package org.accountsecurity.engine.form;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The regular expressions of fields: the browser reads them first, and the server again. */
public final class FormPatterns {

    /** Of a pattern, what is escaped and what stands in brackets. */
    private static final Pattern LITERAL = Pattern.compile("\\\\.|\\[(?:\\\\.|[^]])*]");
    /** What Java reads and a browser does not, or otherwise. */
    private static final Pattern ONLY_JAVA = Pattern.compile("\\(\\?(?![:=!]|<[=!])|[*+?}]\\+");

    private static final Pattern ONLY_JAVA_CLASS = Pattern.compile("\\\\[pPAzZGhHRXQE]|&&");

    private FormPatterns() {}

    /** Whether both read it alike. */
    public static boolean isReadable(String text) {
        if (ONLY_JAVA.matcher(LITERAL.matcher(text).replaceAll("x")).find()
                || ONLY_JAVA_CLASS.matcher(text).find()) {
            return false;
        }
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
