package org.accountsecurity.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * One failure at a chosen write to the database, of the application or the engine. Each insert, update, delete, batch of
 * them, and commit of any is a point; the failure comes once, and what is done afterwards comes through.
 */
public final class Crash {

    /** The name of a commit among the statements. */
    public static final String COMMIT = "commit";

    private static final ThreadLocal<Crash> CURRENT = new ThreadLocal<>();
    private static final Pattern WRITE = Pattern.compile("(?is)\\s*(insert|update|delete|merge)\\b.*");
    private static final Set<String> EXECUTIONS =
            Set.of("execute", "executeUpdate", "executeLargeUpdate", "executeBatch", "executeLargeBatch");
    /** Of the class that says the connection is lost. */
    private static final String SQL_STATE = "08006";

    private final int point;
    private final Moment moment;
    private final List<String> passed = new ArrayList<>();
    private String happenedAt;

    /** @param point counted from 0; none is -1 */
    public Crash(int point, Moment moment) {
        this.point = point;
        this.moment = moment;
    }

    /** On which side of its point a crash comes. */
    public enum Moment {
        /** The statement is not executed; of a transaction that commits nothing stays. */
        BEFORE,
        /** It is, or the transaction is committed, and whoever waits for the answer is told of a failure. */
        AFTER
    }

    /** Does something whose writes are points; whether it came through. */
    public boolean survives(Runnable something) {
        String before = happenedAt;
        CURRENT.set(this);
        try {
            something.run();
            return true;
        } catch (RuntimeException e) {
            if (happenedAt == null || before != null) {
                throw e;
            }
            return false;
        } finally {
            CURRENT.remove();
        }
    }

    /** Whether it has come to the point. */
    public boolean happened() {
        return happenedAt != null;
    }

    /** The statements at the points that were passed. */
    public List<String> passed() {
        return passed;
    }

    /** The statement at the point, null before it is reached. */
    public String statement() {
        return happenedAt;
    }

    @Override
    public String toString() {
        return "crash " + moment + " point " + point + ", " + happenedAt;
    }

    /** The same data source, whose connections can crash. */
    static DataSource into(DataSource dataSource) {
        return new DelegatingDataSource(dataSource) {

            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                Crash crash = CURRENT.get();
                return crash == null ? connection : crash.watched(connection);
            }
        };
    }

    private Connection watched(Connection connection) {
        boolean[] written = {false};
        return proxy(Connection.class, (proxy, method, arguments) -> {
            if (method.getName().equals("commit") && written[0]) {
                written[0] = false;
                return pass(COMMIT, connection, () -> method.invoke(connection, arguments));
            }
            Object result = method.invoke(connection, arguments);
            if (result instanceof Statement statement) {
                String prepared = method.getName().startsWith("prepare") ? (String) arguments[0] : null;
                return watched(statement, method.getReturnType(), prepared, written, connection);
            }
            return result;
        });
    }

    private Object watched(Statement statement, Class<?> type, String prepared, boolean[] written, Connection of) {
        List<String> batch = new ArrayList<>();
        return proxy(type, (proxy, method, arguments) -> {
            String text = arguments != null && arguments.length > 0 && arguments[0] instanceof String given
                    ? given
                    : prepared == null ? String.join("; ", batch) : prepared;
            if (method.getName().equals("addBatch") && prepared == null) {
                batch.add(text);
            }
            if (EXECUTIONS.contains(method.getName()) && WRITE.matcher(text).matches()) {
                written[0] = true;
                return pass(text, of, () -> method.invoke(statement, arguments));
            }
            return method.invoke(statement, arguments);
        });
    }

    private Object pass(String statement, Connection connection, Invocation write) throws Exception {
        boolean here = passed.size() == point;
        passed.add(statement.strip().replaceAll("\\s+", " "));
        if (here && moment == Moment.BEFORE) {
            if (statement.equals(COMMIT)) {
                // else whoever ends the transaction by resetting the connection commits it after all
                connection.rollback();
            }
            throw crashed();
        }
        Object result = write.invoke();
        if (here) {
            throw crashed();
        }
        return result;
    }

    private SQLException crashed() {
        happenedAt = passed.get(point);
        return new SQLException(toString(), SQL_STATE);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(
                Crash.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return handler.invoke(proxy, method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private interface Invocation {
        Object invoke() throws Exception;
    }
}
