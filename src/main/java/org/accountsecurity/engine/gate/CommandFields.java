package org.accountsecurity.engine.gate;

import java.lang.reflect.Field;
import org.camunda.bpm.engine.ProcessEngineException;

/** Reads private fields of engine commands, which have no getters. */
public final class CommandFields {

    private CommandFields() {}

    public static Object read(Class<?> owner, String name, Object command) {
        try {
            Field field = owner.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(command);
        } catch (ReflectiveOperationException e) {
            throw new ProcessEngineException("a command can't be checked", e);
        }
    }
}
