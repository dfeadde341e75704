package org.accountsecurity.testing;

import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.shop.DataSetCatalogue;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What must be true between any two steps, read from the database alone: our tables, the shop's and the engine's. Some of
 * it is about what must not change, so that one of these goes with one walk.
 */
public class Invariants {

    private static final List<String> SHOP_TABLES =
            List.of("shop_order", "wallet", "subscription", "linked_login", "favourite", "address");
    private static final Pattern CODE = Pattern.compile("验证码 (\\d{6})");
    private static final Pattern SIX_DIGITS = Pattern.compile("\\d{6}");
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");
    /** That a code has. */
    private static final int TRIES = 5;

    private static final Set<String> WATCHING =
            Set.of("StartEvent_DataSetStuck", "IntermediateCatchEvent_StillStuck", "BoundaryEvent_StuckUnhandled");
    private static final Map<String, String> PROCESS_OF = Map.of(
            "DEREGISTRATION", "account-deregistration",
            "PHONE_UNBINDING", "phone-unbinding",
            "NEW_PHONE", "phone-unbinding");
    /** Of a definition: what interrupts; definitions never change. */
    private static final Map<String, Set<String>> INTERRUPTING = new ConcurrentHashMap<>();

    private static final Map<String, String> ENGINE_TABLES = new ConcurrentHashMap<>();

    private final JdbcClient jdbc;
    private final Rows rows;
    private final DataSetCatalogue dataSets;
    private final RepositoryService repository;
    private final TransactionTemplate transaction;
    private final Set<String> personal = new HashSet<>();
    private final Set<String> innocent = new HashSet<>();
    private final Map<String, Timestamp> fixed = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();

    public Invariants(ApplicationContext context) {
        this.jdbc = context.getBean(JdbcClient.class);
        this.rows = context.getBean(Rows.class);
        this.dataSets = context.getBean(DataSetCatalogue.class);
        this.repository = context.getBean(RepositoryService.class);
        this.transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        rememberVersions();
    }

    /** A text that leads to a person or to a record of one, and that the engine must not know. */
    void personal(String... texts) {
        if (personal.addAll(List.of(texts))) {
            innocent.clear();
        }
    }

    /** Everything of that kind that the shop holds now. */
    void personalOfTheShop() {
        Stream.of(
                        "select phone from account union select mail from account union select nickname from account",
                        "select recipient from address union select line from address union select id from address",
                        "select title from shop_order union select id from shop_order",
                        "select title from favourite union select id from favourite",
                        "select subject from linked_login union select id from linked_login",
                        "select id from subscription")
                .flatMap(sql -> rows.texts(sql).stream())
                .filter(text -> text != null)
                .forEach(this::personal);
    }

    void check() {
        List<String> violations = violations();
        if (!violations.isEmpty()) {
            throw new AssertionError(String.join("\n", violations));
        }
    }

    /** One sentence each, beginning with the name of the invariant. */
    List<String> violations() {
        Map<String, Collection<String>> found = new LinkedHashMap<>();
        found.put("I1", erasedWithoutVerification());
        found.put("I2", openTwice());
        found.put("I3", successTooEarly());
        found.put("I4", personalInTheEngine());
        found.put("I5", codesMisused());
        found.put("I6", phonesBoundTwice());
        found.put("I7", waitingForever());
        found.put("I8", refusedWithoutReason());
        found.put("I9", obligationsOfTheGone());
        found.put("I11", owedNothing());
        rememberVersions();
        return texts(found);
    }

    /** What must be true once everything is healed and every job has been done. */
    public List<String> violationsAtTheEnd(String jwks) {
        return texts(Map.of("I10", unfinished(jwks)));
    }

    private static List<String> texts(Map<String, Collection<String>> found) {
        return found.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(text -> entry.getKey() + ": " + text))
                .toList();
    }

    private Collection<String> erasedWithoutVerification() {
        return strings("select distinct 'data of ' || coalesce(r.account_id, 'nobody') || ' is erased, its status is '"
                + " || coalesce(a.status, 'unknown') from erasure e left join holder_request r on r.id = e.request_id"
                + " left join account a on a.id = r.account_id"
                + " where e.outcome is not null and (a.id is null or a.status not in ('CLOSING', 'CLOSED')"
                + " or r.committed_at is null"
                + " or not exists (select 1 from holder_answer s where s.id = r.confirmation_id and s.statement = 'CONFIRMED'"
                + " and s.request_id = r.id and s.account_id = r.account_id and exists (select 1 from holder_answer c"
                + " where c.request_id = r.id and c.statement = 'CONSENTED' and c.id < s.id"
                + " and c.notice_hash = s.notice_hash))"
                + " or not exists (select 1 from verification v join verification_code c on c.verification_id = v.id"
                + " where v.request_id = r.id and v.purpose = 'DEREGISTRATION' and v.account_id = r.account_id"
                + " and v.used_at is not null and c.spent_at is not null))");
    }

    private Collection<String> openTwice() {
        List<String> found = strings("select account_id || ' has ' || count(*) || ' open requests for ' || process_key"
                + " from holder_request where ended_at is null group by account_id, process_key having count(*) > 1");
        found.addAll(strings("select 'the request of ' || account_id || ' for ' || process_key"
                + " || ' is neither open nor ended' from holder_request"
                + " where (ended_at is null) <> (open_for is not null)"));
        found.addAll(strings("select 'the request of ' || account_id || ' for ' || process_key"
                + " || ' is open, its process is not' from holder_request where ended_at is null"
                + " and not exists (select 1 from ACT_RU_EXECUTION where ID_ = process_instance_id)"));
        found.addAll(strings("select 'a process runs without an open request' from ACT_RU_EXECUTION"
                + " where PARENT_ID_ is null and SUPER_EXEC_ is null and BUSINESS_KEY_ is not null"
                + " and not exists (select 1 from holder_request where id = BUSINESS_KEY_ and ended_at is null)"
                + " and not exists (select 1 from contest where id = BUSINESS_KEY_ and closed_at is null)"));
        found.addAll(strings("select 'a contest of ' || request_id || ' is open, its process is not' from contest"
                + " where closed_at is null and id not in"
                + " (select BUSINESS_KEY_ from ACT_RU_EXECUTION where BUSINESS_KEY_ is not null)"));
        found.addAll(strings("select restricts || ' is restricted, and has an open request' from contest"
                + " join holder_request on open_for = restricts"
                + " where committed_at is null and holder_request.opened_at < restricted_until"));
        found.addAll(strings("select account_id || ' is leaving, and the number that it unbound is kept' from"
                + " unbound_phone join account on account.id = account_id where status in ('CLOSING', 'CLOSED')"));
        return found;
    }

    private Collection<String> successTooEarly() {
        List<Map<String, Object>> done = jdbc.sql("select distinct r.id, r.account_id from holder_request r"
                        + " where r.outcome = 'EndEvent_AccountDeregistered' or r.process_instance_id in"
                        + " (select PROC_INST_ID_ from ACT_RU_TASK where TASK_DEF_KEY_ = 'UserTask_AcknowledgeResult')")
                .query()
                .listOfRows();
        List<String> found = new ArrayList<>();
        for (Map<String, Object> request : done) {
            String account = (String) request.get("account_id");
            List<String> verified =
                    strings("select data_set from erasure where verified_at is not null and failed_since is null"
                            + " and request_id = '" + request.get("id") + "'");
            dataSets.getNames().stream()
                    .filter(dataSet -> !verified.contains(dataSet))
                    .forEach(dataSet -> found.add(account + " is told of success without " + dataSet));
            SHOP_TABLES.stream()
                    .filter(table ->
                            rows.number("select count(*) from " + table + " where account_id = '" + account + "'") > 0)
                    .forEach(table -> found.add(account + " is told of success with rows in " + table));
            if (rows.number("select count(*) from account where id = '" + account
                            + "' and coalesce(phone, mail, nickname," + " password_hash) is not null")
                    > 0) {
                found.add(account + " is told of success with a profile");
            }
        }
        return found;
    }

    private Collection<String> personalInTheEngine() {
        rows.texts("select text from inbox_message").stream()
                .flatMap(text -> CODE.matcher(text).results())
                .forEach(code -> personal(code.group(1)));
        List<String> found = new ArrayList<>();
        engineTables()
                .forEach((table, columns) -> jdbc.sql("select " + columns + " from " + table
                                + (table.equals("ACT_GE_BYTEARRAY") ? " where DEPLOYMENT_ID_ is null" : ""))
                        .query(row -> {
                            for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                                String text = text(row, column);
                                if (text != null && isPersonal(text)) {
                                    found.add(table + "." + row.getMetaData().getColumnName(column) + " holds " + text);
                                }
                            }
                        }));
        return found;
    }

    /** A code is a number that could be part of another one; the other texts could not. */
    private boolean isPersonal(String text) {
        if (innocent.contains(text)) {
            return false;
        }
        boolean found = personal.stream()
                .filter(text::contains)
                .anyMatch(one -> !SIX_DIGITS.matcher(one).matches()
                        || Pattern.compile("(?<![\\w-])" + one + "(?![\\w-])")
                                .matcher(text)
                                .find());
        if (!found) {
            innocent.add(text);
        }
        return found;
    }

    private Map<String, String> engineTables() {
        if (ENGINE_TABLES.isEmpty()) {
            jdbc.sql(
                            "select upper(table_name), column_name from information_schema.columns where table_schema = current_schema"
                                    + " and (upper(table_name) like 'ACT\\_RU\\_%' escape '\\' or upper(table_name) like 'ACT\\_HI\\_%' escape '\\'"
                                    + " or upper(table_name) in ('ACT_GE_BYTEARRAY', 'TRAIL')) and upper(data_type) not like 'TIMESTAMP%'")
                    .query((row, number) -> Map.entry(row.getString(1), row.getString(2)))
                    .list()
                    .forEach(column -> ENGINE_TABLES.merge(
                            column.getKey(), column.getValue(), (first, second) -> first + ", " + second));
        }
        return ENGINE_TABLES;
    }

    private static String text(ResultSet row, int column) throws SQLException {
        Object value = row.getObject(column);
        return value instanceof byte[] || value instanceof Blob
                ? new String(row.getBytes(column), StandardCharsets.UTF_8)
                : row.getString(column);
    }

    private Collection<String> codesMisused() {
        List<String> found = new ArrayList<>();
        for (Map<String, Object> row : jdbc.sql("select v.*, r.process_key, r.account_id as requested_by,"
                        + " (select count(*) from verification_code c where c.verification_id = v.id"
                        + " and c.spent_at is not null) as spent from verification v"
                        + " left join holder_request r on r.id = v.request_id")
                .query()
                .listOfRows()) {
            String name = row.get("purpose") + " of " + row.get("account_id");
            boolean accepted = row.get("accepted_at") != null;
            if (((Number) row.get("spent")).intValue() != (accepted ? 1 : 0)) {
                found.add(name + (accepted ? " is" : " is not") + " accepted, with spent codes: " + row.get("spent"));
            }
            if (row.get("used_at") != null && !accepted) {
                found.add(name + " is used and was not accepted");
            }
            if (!PROCESS_OF.get(row.get("purpose")).equals(row.get("process_key"))) {
                found.add(name + " belongs to " + row.get("process_key"));
            }
            if (!row.get("account_id").equals(row.get("requested_by"))) {
                found.add(name + " was requested by " + row.get("requested_by"));
            }
            for (String event : List.of("accepted_at", "used_at")) {
                if (happensTwice(row.get("id") + event, row.get(event))) {
                    found.add(name + " has another " + event);
                } else if (happensNow(row.get("id") + event, row.get(event))
                        && !versions.getOrDefault(row.get("account_id"), -1L).equals(row.get("account_version"))) {
                    found.add(name + " is of version " + row.get("account_version") + ", the account was of "
                            + versions.get(row.get("account_id")) + " at " + event);
                }
                remember(row.get("id") + event, row.get(event));
            }
        }
        found.addAll(strings("select 'a code lives longer than five minutes from its send' from verification_code"
                + " where expires_at > coalesce(delivered_at, issued_at) + interval '5' minute"));
        found.addAll(strings("select 'a code is sent and not counted, or counted and not sent' from verification_code c"
                + " left join code_send s on s.id = c.id and s.under_way_until is null"
                + " where c.target_hash <> '' and (c.delivered_at is null) <> (s.id is null)"));
        found.addAll(strings("select 'a code expires at another time than its timer' from verification_code c"
                + " join ACT_RU_JOB j on j.PROCESS_INSTANCE_ID_ = c.verification_id join ACT_RU_JOBDEF d"
                + " on d.ID_ = j.JOB_DEF_ID_ where d.ACT_ID_ = 'BoundaryEvent_CodeExpired' and c.spent_at is null"
                + " and c.voided_at is null and j.DUEDATE_ <> c.expires_at"));
        return found;
    }

    private boolean happensTwice(String event, Object time) {
        return fixed.containsKey(event) && !fixed.get(event).equals(timestamp(time));
    }

    private boolean happensNow(String event, Object time) {
        return time != null && !fixed.containsKey(event);
    }

    private void remember(String event, Object time) {
        if (time != null) {
            fixed.put(event, timestamp(time));
        }
    }

    private static Timestamp timestamp(Object time) {
        return time instanceof java.time.OffsetDateTime offset ? Timestamp.from(offset.toInstant()) : (Timestamp) time;
    }

    private void rememberVersions() {
        jdbc.sql("select id, version from account").query(row -> {
            versions.put(row.getString(1), row.getLong(2));
        });
    }

    /** However it is spelt. */
    private Collection<String> phonesBoundTwice() {
        return strings("select count(*) || ' live accounts have the same number' from account"
                + " where status <> 'CLOSED' and phone is not null"
                + " group by right(regexp_replace(phone, '[^0-9]', ''), 11) having count(*) > 1");
    }

    private Collection<String> waitingForever() {
        Executions executions = Executions.of(jdbc);
        Set<String> ending = new HashSet<>();
        Set<String> watched = new HashSet<>();
        jdbc.sql("select j.EXECUTION_ID_, d.ACT_ID_, j.PROCESS_DEF_ID_, j.PROCESS_INSTANCE_ID_ from ACT_RU_JOB j"
                        + " join ACT_RU_JOBDEF d on d.ID_ = j.JOB_DEF_ID_ where j.TYPE_ = 'timer' and j.RETRIES_ > 0"
                        + " and j.DUEDATE_ is not null and j.SUSPENSION_STATE_ = 1 and j.EXECUTION_ID_ is not null")
                .query(row -> {
                    if (interrupting(row.getString(3)).contains(row.getString(2))) {
                        ending.add(row.getString(1));
                    }
                    if (WATCHING.contains(row.getString(2))) {
                        watched.add(row.getString(4) + executions.dataSet(row.getString(1)));
                    }
                });

        List<String> found = new ArrayList<>();
        jdbc.sql("select TASK_DEF_KEY_, EXECUTION_ID_ from ACT_RU_TASK").query(row -> {
            if (executions.upwards(row.getString(2)).noneMatch(ending::contains)) {
                found.add(row.getString(1) + " waits without an end");
            }
        });
        jdbc.sql("select d.ACT_ID_, j.EXECUTION_ID_, j.PROCESS_INSTANCE_ID_, (select count(*) from ACT_RU_INCIDENT i"
                        + " where i.CONFIGURATION_ = j.ID_) from ACT_RU_JOB j join ACT_RU_JOBDEF d on d.ID_ = j.JOB_DEF_ID_"
                        + " where j.TYPE_ = 'message' and j.PROCESS_INSTANCE_ID_ is not null and j.RETRIES_ <= 0")
                .query(row -> {
                    String dataSet = executions.dataSet(row.getString(2));
                    if (row.getInt(4) == 0 || (dataSet != null && !watched.contains(row.getString(3) + dataSet))) {
                        found.add(row.getString(1) + " has failed and nobody is told");
                    }
                });
        return found;
    }

    private Set<String> interrupting(String definition) {
        return INTERRUPTING.computeIfAbsent(definition, id -> {
            BpmnModelInstance model = repository.getBpmnModelInstance(id);
            return Stream.concat(
                            model.getModelElementsByType(BoundaryEvent.class).stream()
                                    .filter(BoundaryEvent::cancelActivity)
                                    .map(BoundaryEvent::getId),
                            model.getModelElementsByType(StartEvent.class).stream()
                                    .filter(StartEvent::isInterrupting)
                                    .map(StartEvent::getId))
                    .collect(Collectors.toSet());
        });
    }

    private Collection<String> refusedWithoutReason() {
        String variable = "(select max(TEXT_) from ACT_RU_VARIABLE v where v.PROC_INST_ID_ = t.PROC_INST_ID_"
                + " and v.NAME_ = '%s')";
        return jdbc
                .sql("select t.TASK_DEF_KEY_ as task, " + variable.formatted("message") + " as message, "
                        + "(select min(tries_left) from verification_code c where c.verification_id = t.PROC_INST_ID_"
                        + " and c.voided_at is null and c.spent_at is null) as tries_left,"
                        + " (select max(LONG_) from ACT_RU_VARIABLE v where v.PROC_INST_ID_ = t.PROC_INST_ID_"
                        + " and v.NAME_ = 'newPhoneUsable') as usable,"
                        + " (select count(*) from trail where request_id = e.BUSINESS_KEY_"
                        + " and steps like '%BoundaryEvent\\_NotReady%' escape '\\') as not_ready"
                        + " from ACT_RU_TASK t join ACT_RU_EXECUTION e on e.ID_ = t.PROC_INST_ID_")
                .query()
                .listOfRows()
                .stream()
                .filter(task -> refuses(task) && !CHINESE.matcher(message(task)).find())
                .map(task -> task.get("task") + " gives no reason but '" + message(task) + "'")
                .toList();
    }

    private static String message(Map<String, Object> task) {
        return task.get("message") == null ? "" : (String) task.get("message");
    }

    private static boolean refuses(Map<String, Object> task) {
        return switch ((String) task.get("task")) {
            case "UserTask_ReadNotVerified", "UserTask_ReadLimit" -> true;
            case "UserTask_EnterCode" -> task.get("tries_left") instanceof Integer left && left < TRIES;
            case "UserTask_EnterNewPhone" -> Long.valueOf(0).equals(task.get("usable"));
            case "UserTask_ReadNotice", "UserTask_ResolveOpenItems" -> (long) task.get("not_ready") > 0;
            default -> false;
        };
    }

    private Collection<String> obligationsOfTheGone() {
        List<String> found = new ArrayList<>();
        for (String account : strings("select id from account where status in ('CLOSING', 'CLOSED')")) {
            if (accepted("insert into shop_order (id, account_id, title, amount_fen, status, placed_at)"
                    + " values ('late', '" + account + "', '迟到的订单', 100, 'UNPAID', current_timestamp)")) {
                found.add(account + " may place an order");
            }
            if (accepted("insert into subscription (id, account_id, plan, status)" + " values ('late', '" + account
                    + "', '迟到的月卡', 'ACTIVE')")) {
                found.add(account + " may subscribe");
            }
            if (accepted("merge into wallet w using (select '" + account + "' as id) a on w.account_id = a.id"
                    + " when matched then update set balance_fen = 100"
                    + " when not matched then insert (account_id, balance_fen) values (a.id, 100)")) {
                found.add(account + " may receive money");
            }
        }
        return found;
    }

    private Collection<String> owedNothing() {
        List<String> found = strings("select account.id || ' is closing and nothing is owed for it' from account"
                + " where status = 'CLOSING' and not exists (select 1 from obligation o join holder_request r"
                + " on r.id = o.request_id where r.account_id = account.id and o.kind = 'END_LOGINS'"
                + " and o.done_at is null)");
        found.addAll(
                strings("select r.account_id || ' has ' || e.data_set || ' neither verified nor owed' from erasure e"
                        + " join holder_request r on r.id = e.request_id where e.verified_at is null and r.committed_at is not null and not exists"
                        + " (select 1 from obligation o where o.request_id = r.id and o.kind = 'ERASE'"
                        + " and o.subject = e.data_set)"));
        found.addAll(strings("select id || ' is closed without a signed receipt' from account where status = 'CLOSED'"
                + " and not exists (select 1 from receipt join holder_request r on r.id = receipt.request_id"
                + " where r.account_id = account.id and jws is not null)"));
        found.addAll(strings("select 'the request of ' || account_id || ' is open and its end is not owed'"
                + " from holder_request r where open_for is not null and not exists (select 1 from obligation o"
                + " where o.request_id = r.id and o.kind = 'END_REQUEST' and o.done_at is null)"));
        found.addAll(strings("select 'a number of ' || account_id || ' is changed and its notice is not owed'"
                + " from phone_change c join holder_request r on r.id = c.request_id where c.rebound_at is not null"
                + " and not exists (select 1 from obligation o where o.request_id = r.id"
                + " and o.kind = 'NOTIFY_PHONE_CHANGED' and o.done_at is null)"));
        return found;
    }

    private boolean accepted(String write) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            status.setRollbackOnly();
            try {
                rows.update(write);
                return true;
            } catch (DataIntegrityViolationException e) {
                return false;
            }
        }));
    }

    private Collection<String> unfinished(String jwks) {
        List<String> found = strings("select 'the request of ' || account_id || ' for ' || process_key || ' is open'"
                + " from holder_request where ended_at is null");
        found.addAll(strings("select id || ' is still closing' from account where status = 'CLOSING'"));
        found.addAll(strings("select account_id || ' was closing and ended at ' || coalesce(outcome, 'nothing')"
                + " from holder_request where process_key = 'account-deregistration'"
                + " and (committed_at is not null or id in (select request_id from erasure))"
                + " and (outcome is null or outcome <> 'EndEvent_AccountDeregistered' or not exists"
                + " (select 1 from trail where request_id = holder_request.id"
                + " and steps like '%UserTask\\_AcknowledgeResult%' escape '\\'))"));
        for (Map<String, Object> request : jdbc.sql("select r.id, r.account_id, c.jws from holder_request r"
                        + " left join receipt c on c.request_id = r.id where r.committed_at is not null"
                        + " and r.process_key = 'account-deregistration'")
                .query()
                .listOfRows()) {
            for (String dataSet : dataSets.getNames()) {
                long verified =
                        rows.number("select count(*) from erasure where verified_at is not null and request_id = '"
                                + request.get("id") + "' and data_set = '" + dataSet + "'");
                if (verified != 1) {
                    found.add(request.get("account_id") + " has " + verified + " verified outcomes of " + dataSet);
                }
            }
            long passed = strings("select steps from trail where request_id = '" + request.get("id") + "'").stream()
                    .flatMap(steps -> Stream.of(steps.split("\\s")))
                    .filter("EndEvent_DataSetErased"::equals)
                    .count();
            if (passed != dataSets.getNames().size()) {
                found.add(request.get("account_id") + " had " + passed + " data sets verified");
            }
            if (!signed((String) request.get("jws"), jwks)) {
                found.add(request.get("account_id") + " has no signed receipt");
            }
        }
        found.addAll(
                strings("select 'there is a receipt of an account that was not closed' from receipt where request_id"
                        + " not in (select id from holder_request where committed_at is not null)"));
        for (String table : List.of(
                "vault",
                "notice",
                "open_item",
                "phone_change",
                "data_export",
                "data_export_part",
                "data_export_order")) {
            if (rows.number("select count(*) from " + table) > 0) {
                found.add(table + " is not empty");
            }
        }
        return found;
    }

    private static boolean signed(String jws, String jwks) {
        try {
            if (jws == null) {
                return false;
            }
            JsonWebSignature signature = new JsonWebSignature();
            signature.setCompactSerialization(jws);
            signature.setKey(new JsonWebKeySet(jwks)
                    .getJsonWebKeys().stream()
                            .filter(key -> key.getKeyId().equals(signature.getKeyIdHeaderValue()))
                            .findFirst()
                            .orElseThrow()
                            .getKey());
            return signature.verifySignature();
        } catch (JoseException e) {
            return false;
        }
    }

    private List<String> strings(String sql) {
        return new ArrayList<>(rows.texts(sql));
    }
}
