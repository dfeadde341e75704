package org.accountsecurity.engine.concurrency;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.cfg.IdGenerator;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.PersistenceSession;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManagerFactory;
import org.camunda.bpm.engine.impl.db.entitymanager.operation.DbEntityOperation;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Serializes the transactions that change the executions of one request: the second one waits for a row lock, then
 * checks that the executions it has read are unchanged. Without it the engine notices a conflict statement by
 * statement, as a deadlock or a foreign key violation.
 */
public final class SerializedFlush extends DbEntityManager {

    /** The engine's own checks handle larger changes, such as the deletion of a deployment with all its requests. */
    private static final int MOST_EXECUTIONS = 1_000;

    private final JdbcClient jdbc;

    private SerializedFlush(IdGenerator ids, PersistenceSession session, JdbcClient jdbc) {
        super(ids, session);
        this.jdbc = jdbc;
    }

    @Override
    protected void flushDbOperationManager() {
        List<ExecutionEntity> inserted = executions(dbOperationManager.inserts);
        List<ExecutionEntity> updated = executions(dbOperationManager.updates);
        List<ExecutionEntity> deleted = executions(dbOperationManager.deletes);
        Map<String, Integer> read = new HashMap<>();
        Stream.of(updated, deleted)
                .flatMap(List::stream)
                .forEach(execution -> read.put(execution.getId(), execution.getRevision()));
        Set<String> referred = referred(inserted, updated);
        referred.removeAll(read.keySet());
        int executions = read.size() + referred.size();
        if (executions > 0 && executions <= MOST_EXECUTIONS) {
            lock(Stream.of(inserted, updated, deleted).flatMap(List::stream));
            check(read, referred);
            checkChildren(deleted, read.keySet());
        }
        super.flushDbOperationManager();
    }

    /** Locks the root executions in the order of their ids, so that two transactions never deadlock. */
    private void lock(Stream<ExecutionEntity> executions) {
        executions
                .map(this::root)
                .distinct()
                .sorted()
                .forEach(root -> jdbc.sql("select ID_ from ACT_RU_EXECUTION where ID_ = ? for update")
                        .param(root)
                        .query(String.class)
                        .optional());
    }

    private String root(ExecutionEntity execution) {
        String id = execution.getProcessInstanceId();
        ExecutionEntity instance = dbEntityCache.get(ExecutionEntity.class, id);
        return Optional.ofNullable(instance == null ? rootInDatabase(id) : instance.getRootProcessInstanceIdRaw())
                .orElse(id);
    }

    /** Null if another transaction has ended the instance. */
    private String rootInDatabase(String instance) {
        return jdbc.sql("select ROOT_PROC_INST_ID_ from ACT_RU_EXECUTION where ID_ = ?")
                .param(instance)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private void check(Map<String, Integer> read, Set<String> referred) {
        Map<String, Integer> now = new HashMap<>();
        jdbc.sql("select ID_, REV_ from ACT_RU_EXECUTION where ID_ in (:ids)")
                .param(
                        "ids",
                        Stream.concat(read.keySet().stream(), referred.stream()).toList())
                .query(row -> {
                    now.put(row.getString(1), row.getInt(2));
                });
        if (!now.keySet().containsAll(referred) || !now.entrySet().containsAll(read.entrySet())) {
            throw changed();
        }
    }

    /** Refuses to delete an execution under which another transaction has inserted a child. */
    private void checkChildren(List<ExecutionEntity> deleted, Set<String> read) {
        if (deleted.isEmpty()) {
            return;
        }
        boolean strangers = jdbc
                .sql("select ID_ from ACT_RU_EXECUTION where PARENT_ID_ in (:deleted)"
                        + " union all select ID_ from ACT_RU_EXECUTION where SUPER_EXEC_ in (:deleted)")
                .param("deleted", deleted.stream().map(ExecutionEntity::getId).toList())
                .query(String.class)
                .list()
                .stream()
                .anyMatch(child -> !read.contains(child));
        if (strangers) {
            throw changed();
        }
    }

    private static OptimisticLockingException changed() {
        return new OptimisticLockingException("the executions of the request have changed");
    }

    /** The ids of existing executions that the new and changed ones refer to. */
    private static Set<String> referred(List<ExecutionEntity> inserted, List<ExecutionEntity> updated) {
        Set<String> referred = Stream.concat(inserted.stream(), updated.stream())
                .flatMap(execution -> Stream.of(
                        execution.getParentId(), execution.getSuperExecutionId(), execution.getProcessInstanceId()))
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(HashSet::new));
        inserted.forEach(execution -> referred.remove(execution.getId()));
        return referred;
    }

    private static List<ExecutionEntity> executions(
            SortedMap<Class<?>, SortedSet<DbEntityOperation>> operationsByType) {
        SortedSet<DbEntityOperation> operations = operationsByType.get(ExecutionEntity.class);
        return operations == null
                ? List.of()
                : operations.stream()
                        .map(operation -> (ExecutionEntity) operation.getEntity())
                        .toList();
    }

    /** Replaces the engine's own factory. */
    public static final class Factory extends DbEntityManagerFactory {

        private final JdbcClient jdbc;

        public Factory(IdGenerator ids, JdbcClient jdbc) {
            super(ids);
            this.jdbc = jdbc;
        }

        @Override
        public DbEntityManager openSession() {
            return new SerializedFlush(
                    idGenerator, Context.getCommandContext().getSession(PersistenceSession.class), jdbc);
        }
    }
}
