package org.accountsecurity.text;

/** What diagrams and decision tables say, in the language of the thread. A process is given by its key. */
public final class ModelTexts {

    private ModelTexts() {}

    /** The name of a process. */
    public static String process(String process, String name) {
        return Messages.translated("element." + process, name);
    }

    /** The name of an element of a process. */
    public static String element(String process, String element, String name) {
        return Messages.translated("element." + process + "." + element, name);
    }

    /** What an element of a process says in one of its properties. */
    public static String property(String process, String element, String property, String text) {
        return Messages.translated("element." + process + "." + element + "." + property, text);
    }

    /** A text of a decision table. */
    public static String cell(String table, String text) {
        return Messages.translated("table." + table + "." + text, text);
    }
}
