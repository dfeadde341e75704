package org.accountsecurity.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.accountsecurity.engine.history.Paths;
import org.accountsecurity.testing.Depth;
import org.accountsecurity.testing.FreshDemoShop;
import org.accountsecurity.testing.Invariants;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.RandomWalk;
import org.accountsecurity.testing.TestDatabase;
import org.accountsecurity.testing.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The invariants I1 to I10, checked after each step of random walks over both processes. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomWalkTest extends JourneyTest {

    private static final int WALKS = TestDatabase.isPostgres() ? 20 : Depth.of(80, 1_000);
    /** One walk in so many has a cooling-off period. */
    private static final int COOLING_OFF = 3;

    private static final int JUDGED = 160;

    /** How often so many walks together come to a place, or do something, at the least. */
    private static final Map<String, Integer> LEAST = Map.ofEntries(
            Map.entry("EndEvent_AccountDeregistered", 33),
            Map.entry("EndEvent_PhoneChanged", 20),
            Map.entry("EndEvent_RequestLapsed", 53),
            Map.entry("EndEvent_RequestWithdrawn", 26),
            Map.entry("EndEvent_ChangeLapsed", 40),
            Map.entry("EndEvent_ChangeWithdrawn", 16),
            Map.entry("EndEvent_HolderNotVerified", 6),
            Map.entry("EndEvent_AlreadyRequested", 66),
            Map.entry("BoundaryEvent_NotReady", 5),
            Map.entry("BoundaryEvent_PhoneTaken", 3),
            Map.entry("BoundaryEvent_CoolingOffOver", 5),
            Map.entry("UserTask_HandleStuckErasure", 3),
            Map.entry("UserTask_HandleContest", 6),
            Map.entry("contest: 已终止</strong>", 6),
            Map.entry("contest: 已立案</strong>", 3),
            Map.entry("failed jobs", 13),
            Map.entry("undeclared keys", 10),
            Map.entry("a stranger's submission", 10),
            Map.entry("an option that there is not", 10),
            Map.entry("a completion without the form", 10));

    @Autowired
    ApplicationContext context;

    private final Map<String, Integer> passed = new TreeMap<>();
    private int walks;
    private String jwks;

    LongStream seeds() {
        return LongStream.range(firstSeed(), firstSeed() + WALKS);
    }

    /** On PostgreSQL the walks are others. */
    int firstSeed() {
        return TestDatabase.isPostgres() ? 10_001 : 1;
    }

    @BeforeAll
    void aTableThatCanKeepFavouritesFromBeingDeleted() {
        rows.update("create table favourite_copy (favourite_id varchar(36) references favourite (id))");
        jwks = new Visitor(port).get("/.well-known/jwks.json").body();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("no step of a random walk breaks an invariant, and in the end every account is open or gone for good")
    void noStepOfARandomWalkBreaksAnInvariant(long seed) {
        Invariants invariants = new Invariants(context);
        RandomWalk walk = new RandomWalk(context, invariants, seed);

        try {
            if (seed % COOLING_OFF == 0) {
                journey.deployed("deregistration-policy", "\"PT0S\"", "\"P2D\"");
            }
            toTheEnd(walk, invariants);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + "\n" + e.getMessage() + "\nafter\n" + String.join("\n", walk.steps()), e);
        } finally {
            walk.heal();
        }

        count(walk);
    }

    private void toTheEnd(RandomWalk walk, Invariants invariants) {
        walk.walk();
        walk.finish();
        assertThat(invariants.violationsAtTheEnd(jwks)).isEmpty();
    }

    private void count(RandomWalk walk) {
        walks++;
        Paths.passed(jdbc).forEach(step -> passed.merge(step, 1, Integer::sum));
        walk.refused().forEach((forgery, times) -> passed.merge(forgery, times, Integer::sum));
        passed.merge("steps", walk.steps().size(), Integer::sum);
        walk.steps().stream()
                .filter(step -> step.startsWith("... which fails"))
                .forEach(step -> passed.merge("failed jobs", 1, Integer::sum));
    }

    /** Walks that get nowhere would prove nothing; a run of some of them is not judged. */
    @AfterAll
    void theWalksGotAbout() {
        rows.update("drop table favourite_copy");
        FreshDemoShop.reset(context);
        if (walks < WALKS || TestDatabase.isPostgres()) {
            return;
        }
        LEAST.forEach((what, least) -> assertThat(passed.getOrDefault(what, 0))
                .as("%s in %s", what, passed)
                .isGreaterThanOrEqualTo(least * WALKS / JUDGED));
    }
}
