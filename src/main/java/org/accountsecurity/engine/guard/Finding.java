package org.accountsecurity.engine.guard;

import org.accountsecurity.text.Sentence;

/**
 * One reason to refuse a deployment.
 *
 * @param file the name of the file
 * @param element the id of the element; the name of the file for a finding about the whole
 * @param text the problem and the remedy
 */
public record Finding(String file, String element, Sentence text) {

    Finding(String file, Sentence text) {
        this(file, file, text);
    }

    /** The finding as one line. */
    public Sentence line() {
        return file.equals(element)
                ? Sentence.of("guard.in-file", "file", file, "text", text)
                : Sentence.of("guard.in-element", "file", file, "element", element, "text", text);
    }

    @Override
    public String toString() {
        return line().toString();
    }
}
