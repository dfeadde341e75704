package org.accountsecurity.engine.guard;

import java.util.Map;
import java.util.function.Consumer;

/**
 * What somebody does to the shipped files.
 *
 * @param element the one to blame, if it is refused
 */
record Edit(String what, String element, Consumer<ModelEdit> edit) {

    Map<String, byte[]> files() {
        ModelEdit edited = new ModelEdit();
        edit.accept(edited);
        return edited.files();
    }
}
