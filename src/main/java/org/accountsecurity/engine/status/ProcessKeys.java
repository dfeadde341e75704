package org.accountsecurity.engine.status;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The key of a process by the id of a version: the engine leaves the key out of an id that would be longer than 64 characters. */
@Component
public class ProcessKeys {

    private final ObjectProvider<RepositoryService> repository;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    ProcessKeys(ObjectProvider<RepositoryService> repository) {
        this.repository = repository;
    }

    public String of(String definitionId) {
        int colon = definitionId.indexOf(':');
        return colon > 0
                ? definitionId.substring(0, colon)
                : known.computeIfAbsent(
                        definitionId,
                        id -> repository.getObject().getProcessDefinition(id).getKey());
    }
}
