package org.accountsecurity.engine.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Modeler;
import org.accountsecurity.testing.Visitor;
import org.accountsecurity.text.Sentence;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** What a process owner sees after saving a file, once the watch has looked twice. */
class EditAndSeeTest extends JourneyTest {

    private static final String PROCESS = "account-deregistration";
    private static final String DIAGRAM = "processes/account-deregistration.bpmn";
    private static final String NOTICE = "forms/read-deregistration-notice.form";

    @TempDir
    Path folder;

    @Autowired
    ProcessEngine engine;

    @Autowired
    RepositoryService repository;

    @Autowired
    EditedModels models;

    @Autowired
    ApplicationContext application;

    private WatchedCheckout checkout;
    private Visitor owner;

    @BeforeEach
    void aCheckoutThatIsWatched() throws IOException {
        clock.set(latestDeployment().plus(Duration.ofMinutes(1)));
        owner = new Visitor(port);
        owner.login("owner", "owner");
        checkout = new WatchedCheckout(folder, application);
    }

    @AfterEach
    void takeBackWhatWasDeployed() {
        checkout.close();
    }

    @Test
    @DisplayName("a form that is saved is what new requests show, and a running one keeps the old")
    void aSavedFormIsWhatNewRequestsShow() {
        ProcessInstance running = journey.start(PROCESS, "acct-10001");
        String before = notice(running);

        checkout.edit(NOTICE, "### 注销须知", "### 注销须知（新）");

        checkout.looks();
        assertThat(checkout.deployed()).isOne();
        ProcessInstance taken = journey.start(PROCESS, "acct-10004");
        assertThat(notice(taken)).contains("注销须知（新）");
        assertThat(notice(running)).isEqualTo(before).doesNotContain("注销须知（新）");
        assertThat(page()).contains("注销账户 v" + version()).doesNotContain("未部署");
    }

    @ParameterizedTest
    @CsvSource({
        "processes/account-deregistration.bpmn, </bpmn:definitions>, <",
        "processes/account-deregistration.bpmn, targetRef=\", targetRef=\"x",
        "processes/data-retention.dmn, <decisionTable, <notATable"
    })
    @DisplayName("a broken file is refused and shown, and the next good one is deployed")
    void aBrokenFileIsRefusedAndShown(String file, String text, String broken) {
        String good = checkout.read(file);
        checkout.edit(file, text, broken);
        checkout.looks();
        assertThat(page()).contains("未部署");
        assertThat(said()).isNotEmpty().noneMatch(String::isBlank);
        assertThat(checkout.deployed()).isZero();

        checkout.save(file, good);
        checkout.looks();
        assertThat(page()).doesNotContain("未部署");
        assertThat(checkout.deployed()).isZero();

        checkout.edit(DIAGRAM, "name=\"阅读注销须知\"", "name=\"请阅读注销须知\"");
        checkout.looks();
        assertThat(checkout.deployed()).isOne();
        assertThat(journey.task(journey.start(PROCESS, "acct-10001"), "UserTask_ReadNotice")
                        .getName())
                .isEqualTo("请阅读注销须知");
    }

    private List<String> said() {
        return models.state().refusal().stream().map(Sentence::toString).toList();
    }

    @Test
    @DisplayName("a file that is not UTF-8 is refused and shown by its name")
    void aFileThatIsNotUtf8IsRefused() throws IOException {
        String good = checkout.read(NOTICE);

        Files.write(folder.resolve(NOTICE), good.getBytes("GB18030"));

        checkout.looks();
        assertThat(said()).contains("read-deregistration-notice.form 不是 UTF-8 编码。请用 Camunda Modeler 打开检查后重新保存。");
        assertThat(checkout.deployed()).isZero();
        checkout.save(NOTICE, good);
        checkout.looks();
        assertThat(page()).doesNotContain("未部署");
    }

    @Test
    @DisplayName("what only the engine refuses is shown under a Chinese sentence")
    void whatOnlyTheEngineRefusesIsShown() {
        checkout.edit(
                DIAGRAM,
                "</bpmn:process>",
                "<bpmn:association id=\"Association_Lost\" sourceRef=\"Lost\" targetRef=\"UserTask_ReadNotice\" /></bpmn:process>");

        checkout.looks();
        assertThat(said()).startsWith("流程引擎不接受，请按它的说明改正：").hasSizeGreaterThan(1);
        assertThat(checkout.deployed()).isZero();
    }

    @Test
    @DisplayName("a call that has just been drawn is refused with what to do, and the watch goes on")
    void aCallThatHasJustBeenDrawnIsRefused() {
        String good = checkout.read(DIAGRAM);
        checkout.edit(
                DIAGRAM,
                "</bpmn:process>",
                "<bpmn:callActivity id=\"Activity_1\" name=\"新步骤&#10;二\" /></bpmn:process>");

        checkout.looks();
        assertThat(said())
                .contains(
                        "account-deregistration.bpmn 里的 Activity_1 “新步骤 二”的 callActivity 没有填写 calledElement。请填写，或从模板中选择。")
                .noneMatch(said -> said.contains("null"));
        owner.acceptLanguage("en");
        assertThat(page())
                .contains("“新步骤 二”: callActivity has no calledElement. Fill it in, or choose from the templates.");
        owner.acceptLanguage("zh-CN");
        checkout.save(DIAGRAM, good);
        checkout.looks();
        assertThat(page()).doesNotContain("未部署");
        assertThat(checkout.deployed()).isZero();
    }

    @Test
    @DisplayName("the next start of the application finds what was edited deployed already")
    void theNextStartFindsItDeployed() throws IOException {
        checkout.edit(NOTICE, "### 注销须知", "### 注销须知（新）");
        checkout.looks();
        assertThat(checkout.deployed()).isOne();
        clock.forward(Duration.ofMinutes(1));

        DeploymentBuilder start = repository
                .createDeployment()
                .enableDuplicateFiltering(false)
                .name("SpringAutoDeployment")
                .tenantId(null);
        for (Map.Entry<String, String> file : ModelFolders.in(folder).read().entrySet()) {
            start.addString(file.getKey(), file.getValue());
        }
        start.deploy();

        assertThat(checkout.deployed()).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "forms/enter-code.form, verification-code.bpmn 里的 UserTask_EnterCode “输入验证码”的表单 enter-code 不在这次部署里。",
        "processes/verification-code.bpmn, account-deregistration.bpmn 里的 CallActivity_VerifyHolder “验证身份”调用的流程 verification-code 不在这次部署里。",
        "processes/data-retention.dmn, data-retention 这张决策表和流程图 data-erasure 缺了一个"
    })
    @DisplayName("to delete what is needed is refused, and what was deployed stays; with the file all is well again")
    void toDeleteWhatIsNeededIsRefused(String file, String sentence) {
        String content = checkout.read(file);

        checkout.delete(file);

        checkout.looks();
        assertThat(said())
                .anySatisfy(said -> assertThat(said).startsWith(sentence).contains("请"));
        assertThat(checkout.deployed()).isZero();
        checkout.save(file, content);
        checkout.looks();
        assertThat(page()).doesNotContain("未部署");
        assertThat(checkout.deployed()).isZero();
    }

    @Test
    @DisplayName("to delete what nobody needs is a change as well, and to put it back is another")
    void toDeleteWhatNobodyNeedsIsAChange() {
        String spare = checkout.read("forms/enter-code.form").replace("\"id\": \"enter-code\"", "\"id\": \"spare\"");
        checkout.save("forms/spare.form", spare);
        checkout.looks();
        assertThat(checkout.deployed()).isOne();
        clock.forward(Duration.ofMinutes(1));

        checkout.delete("forms/spare.form");
        checkout.looks();
        assertThat(checkout.deployed()).isEqualTo(2);
        assertThat(latestFiles()).contains("enter-code.form").doesNotContain("spare.form");
        clock.forward(Duration.ofMinutes(1));

        checkout.save("forms/spare.form", spare);
        checkout.looks();
        assertThat(checkout.deployed()).isEqualTo(3);
        assertThat(latestFiles()).contains("spare.form");
    }

    @Test
    @DisplayName("what an editor leaves beside the files is no model")
    void whatAnEditorLeavesIsNoModel() throws IOException {
        checkout.save("forms/.enter-code.form", "{");
        checkout.save("forms/enter-code.form~", "{");
        checkout.save("processes/notes.txt", "to do");

        assertThat(ModelFolders.in(folder).read())
                .isEqualTo(new TreeMap<>(Modeler.everythingWith("account-deregistration.bpmn")));
    }

    @ParameterizedTest
    @CsvSource({"support, 403", "admin, 403", "13800138001, 403"})
    @DisplayName("the page is for process owners")
    void thePageIsForProcessOwners(String user, int status) {
        Visitor visitor = new Visitor(port);
        visitor.login(user, user.startsWith("138") ? "Demo-10001" : user);

        assertThat(visitor.get("/edit").status()).isEqualTo(status);
        assertThat(new Visitor(port).get("/edit").location()).isEqualTo("/login");
    }

    @Test
    @DisplayName("in the demo the checkout that the application was started in is watched")
    void inTheDemoTheCheckoutIsWatched() {
        new ApplicationContextRunner()
                .withPropertyValues("spring.profiles.active=demo")
                .withBean(EditedModels.class, () -> models)
                .withBean(EditSettings.class, () -> new EditSettings(""))
                .withUserConfiguration(EditWatch.class)
                .run(context ->
                        assertThat(context.getBean(EditWatch.class).isRunning()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "production"})
    @DisplayName("outside the demo there is none of it")
    void outsideTheDemoThereIsNoneOfIt(String profile) {
        new ApplicationContextRunner()
                .withPropertyValues("spring.profiles.active=" + profile)
                .withUserConfiguration(EditWatch.class, EditedModels.class, EditController.class)
                .run(context -> assertThat(context)
                        .doesNotHaveBean(EditWatch.class)
                        .doesNotHaveBean(EditedModels.class)
                        .doesNotHaveBean(EditController.class));
    }

    private String page() {
        return owner.get("/edit").body();
    }

    /** The form of the first task, as it is deployed with the request's own version. */
    private String notice(ProcessInstance request) {
        String task = journey.task(request, "UserTask_ReadNotice").getId();
        try (InputStream form = engine.getFormService().getDeployedTaskForm(task)) {
            return new String(form.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> latestFiles() {
        return repository.getDeploymentResourceNames(latest().getDeploymentId());
    }

    private int version() {
        return latest().getVersion();
    }

    private ProcessDefinition latest() {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(PROCESS)
                .latestVersion()
                .singleResult();
    }

    /** The engine takes for the latest what has the latest time. */
    private Instant latestDeployment() {
        return repository.createDeploymentQuery().list().stream()
                .map(deployment -> deployment.getDeploymentTime().toInstant())
                .max(Instant::compareTo)
                .orElseThrow();
    }
}
