package org.accountsecurity.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.accountsecurity.engine.guard.ModelEdit;
import org.accountsecurity.testing.Depth;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.TestDatabase;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Unsafe models that no guard has seen: the domain alone keeps account and number, or does all that it owes. */
@Tag("slow")
class EvidenceTest extends JourneyTest {

    private static final String LEAVE = "account-deregistration";
    private static final String CHANGE = "phone-unbinding";
    private static final int ONE_KIND_IN = 6;

    /** Who walks; one of them withdraws after the confirmation, or in its place. */
    private static final List<Function<Boolean, Person>> PEOPLE = List.of(
            afterwards -> new Holder(),
            WithdrawingHolder::new,
            afterwards -> new IdleHolder(),
            afterwards -> Thief.after(new UndecidedHolder()));

    @Autowired
    ApplicationContext context;

    @Autowired
    ProcessEngineConfigurationImpl configuration;

    /** On PostgreSQL one of each kind, and those of one kind in so many unless in depth. */
    static Stream<UnsafeModel> models() {
        Set<String> kinds = new HashSet<>();
        return UnsafeModels.all()
                .filter(model -> !TestDatabase.isPostgres()
                        || kinds.add(model.kind()) && kinds.size() % Depth.of(ONE_KIND_IN, 1) == 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    @DisplayName("an unsafe model harms no account, whoever walks it")
    void anUnsafeModelHarmsNoAccount(UnsafeModel model) {
        Map<String, String> files = model.files();
        deployUnguarded(files);
        Duration coolingOff = UnsafeModel.policy(files, "COOLING_OFF");

        List<String> harm = PEOPLE.stream()
                .flatMap(person ->
                        walk(model.process(), model.shop(), coolingOff, person.apply(model.takenBackAfterwards()))
                                .harm()
                                .stream())
                .toList();

        assertThat(harm).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({LEAVE + ", CLOSED", CHANGE + ", CHANGED"})
    @DisplayName("the shipped models do what their holder says, and nothing else")
    void theShippedModelsDoWhatTheirHolderSays(String process, String confirmed) {
        List<Walked> walks = PEOPLE.stream()
                .map(person -> walk(process, Shop.QUIET, Duration.ZERO, person.apply(false)))
                .toList();

        assertThat(walks).flatExtracting(Walked::harm).isEmpty();
        assertThat(walks).extracting(Walked::outcome).containsExactly(confirmed, "ACTIVE", "ACTIVE", "ACTIVE");
    }

    @ParameterizedTest
    @CsvSource({LEAVE, CHANGE})
    @DisplayName("what nobody was shown is nobody's word, in the holder's session either")
    void whatNobodyWasShown(String process) {
        Walked walked = walk(process, Shop.QUIET, Duration.ZERO, new HastyHolder());

        assertThat(walked.harm()).isEmpty();
        assertThat(walked.outcome()).isEqualTo("ACTIVE");
    }

    @ParameterizedTest
    @CsvSource({LEAVE, CHANGE})
    @DisplayName("no force of staff's does what its holder has not said")
    void noForceOfStaffs(String process) {
        deployUnguarded(new ModelEdit().texts());

        for (Holder holder : List.of(new IdleHolder(), new UndecidedHolder())) {
            Walked walked = walk(process, Shop.QUIET, Duration.ZERO, Thief.forcing(holder));
            assertThat(walked.harm()).isEmpty();
            assertThat(walked.outcome()).isEqualTo("ACTIVE");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("nothing that staff do after the point of no return keeps what is owed from being done")
    void nothingStaffDoKeepsWhatIsOwedFromBeingDone(Sabotage sabotage) {
        deployUnguarded(new ModelEdit().texts());

        Walked left = walk(LEAVE, Shop.QUIET, Duration.ZERO, new Saboteur(sabotage));
        assertThat(left.harm()).isEmpty();
        assertThat(left.outcome()).isEqualTo("CLOSED");
        deployUnguarded(new ModelEdit().texts());
        Walked changed = walk(CHANGE, Shop.QUIET, Duration.ZERO, new Saboteur(sabotage));
        assertThat(changed.harm()).isEmpty();
        assertThat(changed.outcome()).isEqualTo("CHANGED");
    }

    @ParameterizedTest
    @CsvSource({LEAVE + ", data-erasure, ServiceTask_Erase", CHANGE + ", phone-unbinding, ServiceTask_NotifyBothNumbers"
    })
    @DisplayName("nothing that can't be taken back is done before the point of no return is certain")
    void nothingIsDoneBeforeThePointOfNoReturnIsCertain(String process, String file, String task) {
        Map<String, String> files = new ModelEdit()
                .change(file, task, " camunda:asyncBefore=\"true\"", "")
                .texts();
        deployUnguarded(files);

        Walked walked = walk(process, Shop.QUIET, Duration.ZERO, new Holder());

        assertThat(walked.harm()).isEmpty();
        assertThat(walked.outcome()).isEqualTo("ACTIVE");
    }

    private record Walked(String outcome, List<String> harm) {}

    private Walked walk(String process, Shop shop, Duration coolingOff, Person person) {
        Walk walk = new Walk(context, process, shop);
        walk.of(person);
        List<String> found = Harm.of(walk, coolingOff);
        return new Walked(
                Harm.outcome(walk),
                found.isEmpty()
                        ? List.of()
                        : List.of(person.getClass().getSimpleName() + ": " + found + "\n    "
                                + String.join("\n    ", walk.steps())));
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
