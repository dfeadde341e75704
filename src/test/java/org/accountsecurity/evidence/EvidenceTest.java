package org.accountsecurity.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.accountsecurity.ApplicationTest;
import org.accountsecurity.Journey;
import org.accountsecurity.TestDatabase;
import org.accountsecurity.engine.guard.ModelEdit;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Unsafe models that no guard has seen: the domain alone keeps account and number, or does all that it owes. */
@ApplicationTest
class EvidenceTest {

    private static final String LEAVE = "account-deregistration";
    private static final String CHANGE = "phone-unbinding";

    /** Who walks, by the cooling-off that the table asks for. */
    private static final Map<String, Function<Duration, Person>> PEOPLE = new LinkedHashMap<>(Map.of(
            "a holder who answers everything", coolingOff -> new Holder(),
            "a holder who withdraws at last", coolingOff -> new WithdrawingHolder(!coolingOff.isZero()),
            "an idle holder", coolingOff -> new IdleHolder(),
            "a thief of staff", coolingOff -> Thief.after(new UndecidedHolder())));

    @Autowired
    ApplicationContext context;

    @Autowired
    ProcessEngineConfigurationImpl configuration;

    @Autowired
    Journey journey;

    /** On PostgreSQL one of each kind. */
    static Stream<UnsafeModel> models() {
        Set<String> kinds = new HashSet<>();
        return UnsafeModels.all().filter(model -> !TestDatabase.isPostgres() || kinds.add(model.kind()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    @DisplayName("an unsafe model harms no account, whoever walks it")
    void anUnsafeModelHarmsNoAccount(UnsafeModel model) {
        Map<String, String> files = model.files();
        deployUnguarded(files);
        Duration coolingOff = UnsafeModel.policy(files, "COOLING_OFF");

        List<String> harm = new ArrayList<>();
        PEOPLE.forEach((name, person) -> harm.addAll(walk(name, model.process(), coolingOff, person.apply(coolingOff))
                .harm()));

        assertThat(harm).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "account-deregistration, CLOSED, ACTIVE",
        "phone-unbinding, CHANGED, ACTIVE",
    })
    @DisplayName("the shipped models do what their holder says, and nothing else")
    void theShippedModelsDoWhatTheirHolderSays(String process, String confirmed, String otherwise) {
        Map<String, String> outcomes = new LinkedHashMap<>();
        PEOPLE.forEach((name, person) -> {
            Walked walked = walk(name, process, Duration.ZERO, person.apply(Duration.ZERO));
            assertThat(walked.harm()).isEmpty();
            outcomes.put(name, walked.outcome());
        });

        assertThat(outcomes)
                .allSatisfy((name, outcome) -> assertThat(outcome)
                        .isEqualTo(name.equals("a holder who answers everything") ? confirmed : otherwise));
    }

    @ParameterizedTest
    @CsvSource({LEAVE, CHANGE})
    @DisplayName("no force of staff's does what its holder has not said")
    void noForceOfStaffs(String process) {
        deployUnguarded(new ModelEdit().texts());

        for (Holder holder : List.of(new IdleHolder(), new UndecidedHolder())) {
            Walked walked = walk("a thief", process, Duration.ZERO, Thief.forcing(holder));
            assertThat(walked.harm()).isEmpty();
            assertThat(walked.outcome()).isEqualTo("ACTIVE");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("nothing that staff do after the point of no return keeps what is owed from being done")
    void nothingStaffDoKeepsWhatIsOwedFromBeingDone(Sabotage sabotage) {
        deployUnguarded(new ModelEdit().texts());

        Walked left = walk(sabotage.name(), LEAVE, Duration.ZERO, new Saboteur(sabotage));
        assertThat(left.harm()).isEmpty();
        assertThat(left.outcome()).isEqualTo("CLOSED");
        deployUnguarded(new ModelEdit().texts());
        Walked changed = walk(sabotage.name(), CHANGE, Duration.ZERO, new Saboteur(sabotage));
        assertThat(changed.harm()).isEmpty();
        assertThat(changed.outcome()).isEqualTo("CHANGED");
    }

    @ParameterizedTest
    @CsvSource({LEAVE + ", data-erasure", CHANGE + ", phone-unbinding"})
    @DisplayName("nothing that can't be taken back is done before the point of no return is certain")
    void nothingIsDoneBeforeThePointOfNoReturnIsCertain(String process, String synchronous) {
        Map<String, String> files = new ModelEdit()
                .replace(synchronous + ".bpmn", " camunda:asyncBefore=\"true\"", "")
                .texts();
        deployUnguarded(files);

        Walked walked = walk("a holder", process, Duration.ZERO, new Holder());

        assertThat(walked.harm()).isEmpty();
        assertThat(walked.outcome()).isEqualTo("ACTIVE");
    }

    private record Walked(String outcome, List<String> harm) {}

    private Walked walk(String name, String process, Duration coolingOff, Person person) {
        Walk walk = new Walk(context, process);
        walk.of(person);
        List<String> found = Harm.of(walk, coolingOff);
        return new Walked(
                Harm.outcome(walk),
                found.isEmpty()
                        ? List.of()
                        : List.of(name + ": " + found + "\n    " + String.join("\n    ", walk.steps())));
    }

    /** As if there were no guard: the engine's own checks remain. */
    private void deployUnguarded(Map<String, String> files) {
        List<Deployer> all = configuration.getDeployers();
        List<Deployer> unguarded = new ArrayList<>(all);
        unguarded.removeAll(configuration.getCustomPreDeployers());
        configuration.getDeploymentCache().setDeployers(unguarded);
        try {
            journey.deployed(files);
        } finally {
            configuration.getDeploymentCache().setDeployers(all);
        }
    }
}
