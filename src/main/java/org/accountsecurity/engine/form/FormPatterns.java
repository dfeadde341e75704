package org.accountsecurity.engine.form;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions of fields, which browser and server must read alike. */
public final class FormPatterns {

    /** Escaped characters and character classes. */
    private static final Pattern LITERAL = Pattern.compile("\\\\.|\\[(?:\\\\.|[^]])*]");
    /** Syntax that Java has and a browser has not, or reads otherwise. */
    private static final Pattern ONLY_JAVA = Pattern.compile("\\(\\?(?![:=!]|<[=!])|[*+?}]\\+");

    private static final Pattern ONLY_JAVA_CLASS = Pattern.compile("\\\\[pPAzZGhHRXQE]|&&");

    private FormPatterns() {}

    /** Whether browser and server read it alike. */
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
