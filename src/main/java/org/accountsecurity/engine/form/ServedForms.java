package org.accountsecurity.engine.form;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.camunda.bpm.engine.impl.cmd.AbstractGetDeployedFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/** Serves the forms of tasks and of start events in the language of their reader. */
public class ServedForms extends CommandInterceptor {

    @Override
    @SuppressWarnings("unchecked")
    public <T> T execute(Command<T> command) {
        T form = next.execute(command);
        return Context.getCommandContext() == null && command instanceof AbstractGetDeployedFormCmd
                ? (T) translated((InputStream) form)
                : form;
    }

    private static InputStream translated(InputStream form) {
        try (form) {
            return new ByteArrayInputStream(TranslatedForm.of(form.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
