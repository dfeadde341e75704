package org.accountsecurity.benchmark;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Counts, while it is switched on, what goes to the database; otherwise connections are the pools' own. */
final class StatementCount implements BeanPostProcessor {

    private static final Set<String> SAVEPOINTS = Set.of("setSavepoint", "releaseSavepoint");
    private static final Pattern WRITE = Pattern.compile("(?is)\\s*(insert|update|delete|merge)\\b.*");

    private final AtomicLong statements = new AtomicLong();
    private final AtomicLong roundTrips = new AtomicLong();
    private final AtomicLong transactions = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();
    private final Map<String, LongAdder> texts = new ConcurrentHashMap<>();

    private volatile boolean on;

    /**
     * What was counted.
     *
     * @param statements those of a batch one by one
     * @param roundTrips a batch and a commit are one each; a begin goes along with the first statement
     * @param transactions of readers too
     * @param commits of transactions that wrote
     */
    record Counts(long statements, long roundTrips, long transactions, long commits, Map<String, Long> texts) {}

    void start() {
        statements.set(0);
        roundTrips.set(0);
        transactions.set(0);
        commits.set(0);
        texts.clear();
        on = true;
    }

    Counts stop() {
        on = false;
        Map<String, Long> counted = new TreeMap<>();
        texts.forEach((text, number) -> counted.put(text, number.sum()));
        return new Counts(statements.get(), roundTrips.get(), transactions.get(), commits.get(), counted);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource pool ? counted(pool) : bean;
    }

    private DataSource counted(DataSource pool) {
        return new DelegatingDataSource(pool) {

            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                return on ? counted(connection) : connection;
            }
        };
    }

    /** The state of a connection between two commits. */
    private static final class Transaction {
        private boolean autoCommit = true;
        private boolean begun;
        private boolean written;
    }

    private Connection counted(Connection connection) throws SQLException {
        Transaction transaction = new Transaction();
        transaction.autoCommit = connection.getAutoCommit();
        return proxy(Connection.class, (proxy, method, arguments) -> {
            String name = method.getName();
            if (name.equals("commit") || name.equals("rollback") && arguments == null) {
                end(transaction, name.equals("commit"));
            } else if (name.equals("setAutoCommit")) {
                transaction.autoCommit = (Boolean) arguments[0];
            } else if (SAVEPOINTS.contains(name) || name.equals("rollback")) {
                roundTrips.incrementAndGet();
                count("savepoint", 1);
            }
            Object result = method.invoke(connection, arguments);
            return result instanceof Statement statement
                    ? counted(
                            statement,
                            method.getReturnType(),
                            name.startsWith("prepare") ? (String) arguments[0] : null,
                            transaction)
                    : result;
        });
    }

    private Object counted(Statement statement, Class<?> type, String prepared, Transaction transaction) {
        int[] batched = {0};
        return proxy(type, (proxy, method, arguments) -> {
            String name = method.getName();
            if (name.equals("addBatch")) {
                batched[0]++;
            } else if (name.startsWith("execute")) {
                String text = prepared != null ? prepared : arguments == null ? "batch" : (String) arguments[0];
                boolean batch = name.endsWith("Batch");
                count(text, batch ? batched[0] : 1);
                batched[0] = 0;
                roundTrips.incrementAndGet();
                boolean write = WRITE.matcher(text).matches();
                transaction.begun |= !transaction.autoCommit;
                transaction.written |= write && !transaction.autoCommit;
                if (transaction.autoCommit) {
                    transactions.incrementAndGet();
                    commits.addAndGet(write ? 1 : 0);
                }
            }
            return method.invoke(statement, arguments);
        });
    }

    private void count(String text, int number) {
        statements.addAndGet(number);
        texts.computeIfAbsent(text.strip().replaceAll("\\s+", " "), key -> new LongAdder())
                .add(number);
    }

    private void end(Transaction transaction, boolean commit) {
        if (transaction.begun) {
            roundTrips.incrementAndGet();
            transactions.incrementAndGet();
        }
        if (transaction.written && commit) {
            commits.incrementAndGet();
        }
        transaction.begun = false;
        transaction.written = false;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(
                StatementCount.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return handler.invoke(proxy, method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
