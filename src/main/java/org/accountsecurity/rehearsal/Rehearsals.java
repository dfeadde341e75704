package org.accountsecurity.rehearsal;

import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.accountsecurity.engine.guard.DeploymentFailure;
import org.accountsecurity.engine.guard.DeploymentGuard;
import org.accountsecurity.engine.guard.Finding;
import org.accountsecurity.engine.rehearsal.RehearsalFinding;
import org.accountsecurity.engine.rehearsal.RehearsalFinding.Passed;
import org.accountsecurity.engine.rehearsal.RehearsalReport;
import org.accountsecurity.obligation.Kind;
import org.accountsecurity.shop.DataSet;
import org.accountsecurity.text.Sentence;
import org.camunda.bpm.engine.ProcessEngineException;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Rehearses files in a separate application. */
public final class Rehearsals {

    private static final Map<Kind, String> OBLIGATIONS = Map.of(
            Kind.NOTIFY_REQUESTED, "rehearsal.owed-notice-of-request",
            Kind.NOTIFY_CLOSING, "rehearsal.owed-notice-of-closing",
            Kind.NOTIFY_PHONE_CHANGED, "rehearsal.owed-notice-of-phone-change",
            Kind.ERASE, "rehearsal.owed-erasure",
            Kind.SIGN_RECEIPT, "rehearsal.owed-receipt",
            Kind.NOTIFY_RESULT, "rehearsal.owed-notice-of-result",
            Kind.END_LOGINS, "rehearsal.owed-end-of-logins");

    private final Stage stage;
    private final DeploymentGuard guard;

    private Rehearsals(Stage stage, DeploymentGuard guard) {
        this.stage = stage;
        this.guard = guard;
    }

    /**
     * Prepares an application: the clock of a rehearsal, a listener, and stand-ins for data sets.
     *
     * @param dataSets names of data sets, with an asterisk for those that anonymise
     */
    public static ApplicationContextInitializer<ConfigurableApplicationContext> preparation(String... dataSets) {
        return context -> {
            GenericApplicationContext beans = (GenericApplicationContext) context;
            beans.registerBean(RehearsalClock.class, () -> new RehearsalClock(), bean -> bean.setPrimary(true));
            beans.registerBean(RehearsalListener.class);
            for (String dataSet : dataSets) {
                String name = dataSet.replace("*", "");
                beans.registerBean(
                        "standIn." + name, DataSet.class, () -> new StandInDataSet(name, dataSet.endsWith("*")));
            }
        };
    }

    /** For an application that was prepared. */
    public static Rehearsals in(ConfigurableApplicationContext context) {
        return new Rehearsals(new Stage(context), context.getBean(DeploymentGuard.class));
    }

    /**
     * Checks the files, and walks them with their own and with other settings.
     *
     * @param files all models and forms
     * @param progress called with the number of steps so far
     */
    public RehearsalReport rehearse(Map<String, byte[]> files, IntConsumer progress) {
        List<Finding> unsafe = guard.findings(files);
        return unsafe.isEmpty()
                ? walk(files, progress)
                : RehearsalReport.refused(unsafe.stream().map(Finding::line).toList());
    }

    private RehearsalReport walk(Map<String, byte[]> files, IntConsumer progress) {
        int[] steps = {0};
        Search search = new Search(stage, () -> progress.accept(++steps[0]));
        String firstAccount = stage.accounts.next();
        try {
            search.walk(stage.deploy(files, ""));
            if (!search.refuses()) {
                search.walk(stage.deploy(ChangedSettings.in(files), ChangedSettings.WHEN));
            }
        } catch (ProcessEngineException e) {
            return RehearsalReport.refused(DeploymentFailure.lines(e));
        }
        Stream<RehearsalFinding> notDone = search.refuses()
                ? Stream.empty()
                : Stream.concat(
                        neverFulfilled(firstAccount),
                        stage.flows().stream()
                                .map(Stage.Flow::passed)
                                .distinct()
                                .filter(flow -> !search.hasPassed(flow))
                                .map(flow -> warning(flow, Sentence.of("rehearsal.flow-not-passed"))));
        return new RehearsalReport(
                List.of(),
                Stream.of(search.findings().stream(), leftOpen(firstAccount), notDone)
                        .flatMap(found -> found)
                        .toList());
    }

    private RehearsalFinding warning(Passed place, Sentence text) {
        return new RehearsalFinding(
                false, place.process(), place.element(), stage.named(place, text), List.of(), List.of());
    }

    /** Kinds of obligations that no diagram has fulfilled for these accounts. */
    private Stream<RehearsalFinding> neverFulfilled(String firstAccount) {
        return stage
                .jdbc
                .sql("select o.kind from obligation o join holder_request r on r.id = o.request_id"
                        + " where r.account_id >= ? group by o.kind having count(o.done_at) = 0 order by o.kind")
                .param(firstAccount)
                .query(Kind.class)
                .list()
                .stream()
                .filter(OBLIGATIONS::containsKey)
                .map(kind -> warning(
                        new Passed("", ""),
                        Sentence.of(
                                "rehearsal.obligation-not-fulfilled",
                                "obligation",
                                Sentence.of(OBLIGATIONS.get(kind)))));
    }

    /** Processes that have ended without ending their request. */
    private Stream<RehearsalFinding> leftOpen(String firstAccount) {
        return stage
                .jdbc
                .sql("select distinct process_key from holder_request where account_id >= ? and ended_at is null"
                        + " and process_instance_id not in (select ID_ from ACT_RU_EXECUTION) order by process_key")
                .param(firstAccount)
                .query(String.class)
                .list()
                .stream()
                .map(process -> warning(new Passed(process, ""), Sentence.of("rehearsal.request-left-open")));
    }
}
