package org.accountsecurity.engine.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.accountsecurity.testing.Modeler;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.repository.Deployment;
import org.springframework.context.ApplicationContext;

/**
 * A copy of the models and forms; closing it takes back all that was deployed meanwhile, with the rights to it.
 */
public final class WatchedCheckout implements AutoCloseable {

    private final Path folder;
    private final RepositoryService repository;
    private final AuthorizationService authorizations;
    private final Set<String> before;
    private final Set<String> rightsBefore;
    private final EditWatch watch;

    public WatchedCheckout(Path folder, ApplicationContext application) throws IOException {
        this.folder = folder;
        this.repository = application.getBean(RepositoryService.class);
        this.authorizations = application.getBean(AuthorizationService.class);
        this.before = deployments();
        this.rightsBefore = rights();
        this.watch = new EditWatch(new EditSettings(folder.toString()), application.getBean(EditedModels.class));
        for (String kind : new String[] {"processes", "forms"}) {
            Files.createDirectories(folder.resolve(kind));
        }
        Modeler.everythingWith("account-deregistration.bpmn")
                .forEach((name, content) -> save((name.endsWith(".form") ? "forms/" : "processes/") + name, content));
    }

    /** Has it watched all the time. */
    public WatchedCheckout started() {
        watch.start();
        return this;
    }

    /** As often as the watch must look to see that a file is saved. */
    void looks() {
        watch.look();
        watch.look();
    }

    public String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public void save(String file, String content) {
        try {
            Files.writeString(folder.resolve(file), content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Has a file, which says this, say that. */
    public void edit(String file, String text, String otherwise) {
        String content = read(file);
        assertThat(content).contains(text);
        save(file, content.replace(text, otherwise));
    }

    public void delete(String file) {
        try {
            Files.delete(folder.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** How many deployments there have been since the watch began. */
    public int deployed() {
        return added().size();
    }

    @Override
    public void close() {
        watch.stop();
        added().forEach(id -> repository.deleteDeployment(id, true));
        Set<String> rights = rights();
        rights.removeAll(rightsBefore);
        rights.forEach(authorizations::deleteAuthorization);
    }

    private Set<String> added() {
        Set<String> added = deployments();
        added.removeAll(before);
        return added;
    }

    private Set<String> deployments() {
        return repository.createDeploymentQuery().list().stream()
                .map(Deployment::getId)
                .collect(Collectors.toSet());
    }

    private Set<String> rights() {
        return authorizations.createAuthorizationQuery().resourceType(Resources.PROCESS_DEFINITION).list().stream()
                .map(Authorization::getId)
                .collect(Collectors.toSet());
    }
}
