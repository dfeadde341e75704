package org.accountsecurity.testing;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The running executions with what is above them, called or not, and the data set that each is about. */
record Executions(Map<String, String> parents, Map<String, String> dataSets) {

    static Executions of(JdbcClient jdbc) {
        Executions executions = new Executions(new HashMap<>(), new HashMap<>());
        jdbc.sql("select ID_, coalesce(PARENT_ID_, SUPER_EXEC_) from ACT_RU_EXECUTION")
                .query(row -> {
                    executions.parents.put(row.getString(1), row.getString(2));
                });
        jdbc.sql("select EXECUTION_ID_, TEXT_ from ACT_RU_VARIABLE where NAME_ = 'dataSet'")
                .query(row -> {
                    executions.dataSets.put(row.getString(1), row.getString(2));
                });
        return executions;
    }

    Stream<String> upwards(String execution) {
        return Stream.iterate(execution, one -> one != null, parents::get);
    }

    /** Null where there is none. */
    String dataSet(String execution) {
        return upwards(execution)
                .filter(dataSets::containsKey)
                .map(dataSets::get)
                .findFirst()
                .orElse(null);
    }
}
