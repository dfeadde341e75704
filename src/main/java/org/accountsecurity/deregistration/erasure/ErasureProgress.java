package org.accountsecurity.deregistration.erasure;

import org.accountsecurity.request.FormValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many data sets are done, of how many: {@code 6/7}. */
@Component
class ErasureProgress implements FormValue {

    private final DataSetCatalogue dataSets;
    private final JdbcClient jdbc;

    ErasureProgress(DataSetCatalogue dataSets, JdbcClient jdbc) {
        this.dataSets = dataSets;
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "progress";
    }

    @Override
    public String of(String requestId) {
        long done = jdbc.sql("select count(*) from erasure where request_id = ? and verified_at is not null")
                .param(requestId)
                .query(Long.class)
                .single();
        return done + "/" + dataSets.getNames().size();
    }
}
