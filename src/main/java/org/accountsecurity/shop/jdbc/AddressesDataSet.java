package org.accountsecurity.shop.jdbc;

import java.util.Arrays;
import java.util.List;
import org.accountsecurity.shop.RecordSink;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class AddressesDataSet extends AccountTable {

    AddressesDataSet(JdbcClient jdbc) {
        super("addresses", "address", jdbc);
    }

    @Override
    public void export(String accountId, RecordSink sink) {
        sink.columns(List.of("收货人", "电话", "地址"));
        write(
                accountId,
                sink,
                (row, number) ->
                        Arrays.asList(row.getString("recipient"), row.getString("phone"), row.getString("line")));
    }
}
