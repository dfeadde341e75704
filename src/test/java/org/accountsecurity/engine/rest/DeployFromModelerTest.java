package org.accountsecurity.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.accountsecurity.engine.identity.Groups;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Modeler;
import org.accountsecurity.testing.Snapshot;
import org.accountsecurity.testing.Visitor;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.AuthorizationQuery;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a process owner does in Modeler, as Modeler asks for it. */
class DeployFromModelerTest extends JourneyTest {

    private static final String PROCESS = "account-deregistration";
    private static final String DIAGRAM = PROCESS + ".bpmn";
    private static final String ANOTHER = "number-change";
    private static final String NAME = "from Modeler";
    /** Where attempts to log in are counted, by us and by the engine. */
    private static final List<String> COUNTED = List.of("LOGIN_ATTEMPT", "ACT_ID_USER");

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    @Autowired
    AuthorizationService authorizations;

    private Modeler modeler;

    @BeforeEach
    void anOwnerAtModeler() {
        modeler = Modeler.of(port, "owner", "owner");
    }

    @AfterEach
    void takeBackWhatWasDeployed() {
        repository.createDeploymentQuery().deploymentName(NAME).list().stream()
                .map(Deployment::getId)
                .forEach(id -> repository.deleteDeployment(id, true));
        rights().list().forEach(right -> authorizations.deleteAuthorization(right.getId()));
    }

    @Test
    @DisplayName("the dialog is told that a password is needed, and then that it is right")
    void theDialogChecksTheConnection() {
        Modeler.Answer asked = Modeler.withoutPassword(port).checkConnection();
        assertThat(asked.status()).isEqualTo(401);
        assertThat(asked.response().headers().map()).doesNotContainKeys("www-authenticate", "set-cookie");

        assertThat(modeler.checkConnection().status()).isEqualTo(200);
        assertThat(modeler.version().json().path("version").asText()).isEqualTo("7.24.0");
    }

    @Test
    @DisplayName("all models and forms together become new versions, and a running request keeps its own")
    void allTogetherBecomeNewVersions() {
        ProcessInstance running = journey.start(PROCESS, "acct-10001");
        ProcessDefinition before = latest(PROCESS);
        Map<String, String> files = Modeler.everythingWith(DIAGRAM);
        files.computeIfPresent(DIAGRAM, (name, model) -> model.replace("name=\"阅读注销须知\"", "name=\"请阅读注销须知\""));

        Modeler.Answer answer = modeler.deploy(NAME, files);

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.json().path("deployedProcessDefinitions").findValuesAsText("key"))
                .contains(PROCESS, "phone-unbinding", "verification-code");
        assertThat(latest(PROCESS).getVersion()).isEqualTo(before.getVersion() + 1);
        ProcessInstance taken = journey.start(PROCESS, "acct-10004");
        assertThat(journey.task(taken, "UserTask_ReadNotice").getName()).isEqualTo("请阅读注销须知");
        assertThat(journey.task(running, "UserTask_ReadNotice").getName()).isEqualTo("阅读注销须知");
        journey.submit(running, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        assertThat(called(running).getDeploymentId()).isEqualTo(before.getDeploymentId());
        journey.submit(taken, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        assertThat(called(taken).getDeploymentId())
                .isEqualTo(latest(PROCESS).getDeploymentId())
                .isNotEqualTo(before.getDeploymentId());
    }

    @Test
    @DisplayName("what has not changed is not deployed again")
    void whatHasNotChangedIsNotDeployedAgain() {
        modeler.deploy(NAME, Modeler.everythingWith(DIAGRAM));
        int version = latest(PROCESS).getVersion();

        Modeler.Answer again = modeler.deploy(NAME, Modeler.everythingWith(DIAGRAM));

        assertThat(again.status()).isEqualTo(200);
        assertThat(latest(PROCESS).getVersion()).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource({
        "account-deregistration.bpmn, <bpmn:process, <bpmn:nothing",
        "account-deregistration.bpmn, targetRef=\", targetRef=\"x",
        "account-deregistration.bpmn, ' calledElement=\"data-erasure\"', ''",
        "account-deregistration.bpmn, attachedToRef=\"UserTask_ReadNotice\", attachedToRef=\"EndEvent_RequestLapsed\"",
        "data-retention.dmn, <decisionTable, <notATable",
        "enter-code.form, {, ["
    })
    @DisplayName("what can't be read is refused with a message, and nothing of it is deployed")
    void whatCantBeReadIsRefused(String file, String text, String otherwise) {
        Map<String, String> files = Modeler.everythingWith(DIAGRAM);
        files.computeIfPresent(file, (name, content) -> content.replace(text, otherwise));
        Snapshot before = Snapshot.of(jdbc);

        Modeler.Answer answer = modeler.deploy(NAME, files);

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.json().path("type").asText()).isNotEmpty();
        assertThat(answer.message()).contains("请").doesNotContain("null");
        assertThat(Snapshot.of(jdbc).changedSince(before)).isSubsetOf(COUNTED);
    }

    @ParameterizedTest
    @CsvSource({
        "tenant-id, shop",
        "deploy-changed-only, true",
        "deployment-activation-time, 2030-01-01T00:00:00",
        "skipCustomListeners, true"
    })
    @DisplayName("a field that Modeler does not send is refused")
    void aFieldThatModelerDoesNotSendIsRefused(String field, String value) {
        Snapshot before = Snapshot.of(jdbc);

        Modeler.Answer answer =
                modeler.deploy(Map.of("deployment-name", NAME, field, value), Modeler.everythingWith(DIAGRAM));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).containsPattern("\\p{IsHan}");
        assertThat(Snapshot.of(jdbc).changedSince(before)).isSubsetOf(COUNTED);
    }

    @ParameterizedTest
    @CsvSource({"script.js", "../account-deregistration.bpmn", "models/account-deregistration.bpmn", "a.bar"})
    @DisplayName("a file with a path, or of another kind, is refused")
    void aFileOfAnotherKindIsRefused(String name) {
        Map<String, String> files = new HashMap<>(Modeler.everythingWith(DIAGRAM));
        files.put(name, files.get(DIAGRAM));
        Snapshot before = Snapshot.of(jdbc);

        assertThat(modeler.deploy(NAME, files).status()).isEqualTo(400);
        assertThat(Snapshot.of(jdbc).changedSince(before)).isSubsetOf(COUNTED);
    }

    @ParameterizedTest
    @CsvSource({
        "admin, admin, 403",
        "support, support, 403",
        "owner, wrong, 401",
        "nobody, nobody, 401",
        "13800138001, Demo-10001, 401"
    })
    @DisplayName("nobody but a process owner deploys")
    void nobodyButAProcessOwnerDeploys(String user, String password, int status) {
        Modeler stranger = Modeler.of(port, user, password);
        Snapshot before = Snapshot.of(jdbc);

        assertThat(stranger.checkConnection().status()).isEqualTo(status);
        assertThat(stranger.version().status()).isEqualTo(status);
        assertThat(stranger.deploy(NAME, Modeler.everythingWith(DIAGRAM)).status())
                .isEqualTo(status);
        assertThat(Snapshot.of(jdbc).changedSince(before)).isSubsetOf(COUNTED);
    }

    @Test
    @DisplayName("without a password nothing is deployed")
    void withoutAPasswordNothingIsDeployed() {
        Snapshot before = Snapshot.of(jdbc);

        assertThat(Modeler.withoutPassword(port)
                        .deploy(NAME, Modeler.everythingWith(DIAGRAM))
                        .status())
                .isEqualTo(401);
        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    @Test
    @DisplayName("guessing the password is throttled as at the login")
    void guessingIsThrottled() {
        Modeler guess = Modeler.of(port, "owner", "guess");
        for (int i = 0; i < 11; i++) {
            assertThat(guess.version().status()).isEqualTo(401);
        }

        assertThat(modeler.version().status()).isEqualTo(401);
        clock.forward(Duration.ofMinutes(15));
        assertThat(modeler.version().status()).isEqualTo(200);
    }

    @Test
    @DisplayName("who has the right password deploys as often as needed, and does not use up what the network may try")
    void whoHasTheRightPasswordDeploysAsOftenAsNeeded() {
        for (int i = 0; i < 101; i++) {
            assertThat(modeler.version().status()).isEqualTo(200);
        }

        for (int i = 0; i < 100; i++) {
            assertThat(Modeler.of(port, "nobody" + i, "guess").version().status())
                    .isEqualTo(401);
        }
        assertThat(modeler.version().status()).isEqualTo(401);
        clock.forward(Duration.ofMinutes(15));
        assertThat(modeler.version().status()).isEqualTo(200);
    }

    @Test
    @DisplayName("a new process can be started by holders as soon as it is deployed, if it is startable in Tasklist")
    void aNewProcessCanBeStartedAtOnce() {
        Visitor holder = new Visitor(port);
        holder.login("13800138001", "Demo-10001");

        deployAnother("true");
        assertThat(startable(holder)).contains(ANOTHER, "phone-unbinding");
        holder.start(ANOTHER);
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey(ANOTHER)
                        .count())
                .isOne();

        deployAnother("true");
        assertThat(rights().list()).hasSize(1);
    }

    @Test
    @DisplayName("a process that is not startable in Tasklist, or not any more, can be started by no holder")
    void whatIsNotStartableCanBeStartedByNoHolder() {
        Visitor holder = new Visitor(port);
        holder.login("13800138001", "Demo-10001");

        deployAnother("false");
        assertThat(startable(holder)).doesNotContain(ANOTHER);
        assertThat(start(holder, latest(ANOTHER)).status()).isEqualTo(403);
        assertThat(rights().count()).isZero();

        deployAnother("true");
        ProcessDefinition startable = latest(ANOTHER);
        deployAnother("false");
        assertThat(start(holder, startable).status()).isEqualTo(403);
        assertThat(start(holder, latest(ANOTHER)).status()).isEqualTo(403);
    }

    @Test
    @DisplayName("a deployment that is refused gives no right")
    void aRefusedDeploymentGivesNoRight() {
        Map<String, String> files = withAnother("true");
        files.computeIfPresent("enter-code.form", (name, form) -> "[");

        assertThat(modeler.deploy(NAME, files).status()).isEqualTo(400);

        assertThat(rights().count()).isZero();
    }

    @Test
    @DisplayName("Modeler starts no process")
    void modelerStartsNoProcess() {
        assertThat(modeler.start(latest(PROCESS).getId()).status()).isEqualTo(403);
        assertThat(runtime.createProcessInstanceQuery().count()).isZero();
    }

    @Test
    @DisplayName("who has deployed can't take it back, and the requests that run on it with it")
    void whoHasDeployedCantTakeItBack() {
        modeler.deploy(NAME, Modeler.everythingWith(DIAGRAM));
        ProcessInstance running = journey.start(PROCESS, "acct-10001");
        Visitor owner = new Visitor(port);
        owner.login("owner", "owner");

        Visitor.Answer answer = owner.send(
                "DELETE",
                Visitor.ENGINE + "/deployment/" + latest(PROCESS).getDeploymentId() + "?cascade=true",
                Map.of());

        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(journey.waitsAt(running, "UserTask_ReadNotice")).isTrue();
    }

    @Test
    @DisplayName("the engine asks for the owner's own right to deploy")
    void theEngineAsksForTheOwnersRight() {
        Authorization right = authorizations
                .createAuthorizationQuery()
                .groupIdIn(Groups.PROCESS_OWNER)
                .resourceType(Resources.DEPLOYMENT)
                .singleResult();
        right.removePermission(Permissions.CREATE);
        authorizations.saveAuthorization(right);
        try {
            assertThat(modeler.deploy(NAME, Modeler.everythingWith(DIAGRAM)).status())
                    .isEqualTo(403);
        } finally {
            right.addPermission(Permissions.CREATE);
            authorizations.saveAuthorization(right);
        }
    }

    private void deployAnother(String startable) {
        Modeler.Answer answer = modeler.deploy(NAME, withAnother(startable));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    }

    /** Everything, and a copy of a diagram as another process. */
    private static Map<String, String> withAnother(String startable) {
        Map<String, String> files = Modeler.everythingWith(DIAGRAM);
        files.put(
                ANOTHER + ".bpmn",
                files.get("phone-unbinding.bpmn")
                        .replace(
                                "<bpmn:process id=\"phone-unbinding\"",
                                "<bpmn:process id=\"" + ANOTHER + "\" camunda:isStartableInTasklist=\"" + startable
                                        + "\"")
                        .replace("bpmnElement=\"phone-unbinding\"", "bpmnElement=\"" + ANOTHER + "\""));
        return files;
    }

    private static List<String> startable(Visitor holder) {
        return holder.get(Visitor.ENGINE + "/process-definition?latest=true")
                .json()
                .findValuesAsText("key");
    }

    private static Visitor.Answer start(Visitor holder, ProcessDefinition process) {
        return holder.post(
                Visitor.ENGINE + "/process-definition/" + process.getId() + "/submit-form",
                Map.of("variables", Map.of()));
    }

    private AuthorizationQuery rights() {
        return authorizations
                .createAuthorizationQuery()
                .groupIdIn(Groups.ACCOUNT_HOLDER)
                .resourceType(Resources.PROCESS_DEFINITION)
                .resourceId(ANOTHER);
    }

    private ProcessDefinition latest(String key) {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(key)
                .latestVersion()
                .singleResult();
    }

    /** The definition of the code's process that a request has called. */
    private ProcessDefinition called(ProcessInstance request) {
        List<String> definitions =
                runtime.createProcessInstanceQuery().superProcessInstanceId(request.getId()).list().stream()
                        .map(ProcessInstance::getProcessDefinitionId)
                        .filter(id -> id.startsWith("verification-code"))
                        .toList();
        assertThat(definitions).hasSize(1);
        return repository.getProcessDefinition(definitions.get(0));
    }
}
