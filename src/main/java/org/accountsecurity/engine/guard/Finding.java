package org.accountsecurity.engine.guard;

import org.accountsecurity.text.Sentence;

/**
 * Why a deployment is refused.
 *
 * @param file the name of the file
 * @param element the id of the element; the name of the file, where it is about the whole
 * @param text what is wrong and what to do
 */
public record Finding(String file, String element, Sentence text) {

    Finding(String file, Sentence text) {
        this(file, file, text);
    }

    /** A line of a list. */
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
