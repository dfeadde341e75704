package org.accountsecurity.shop.jdbc;

import java.util.Arrays;
import org.accountsecurity.shop.RecordSink;
import org.accountsecurity.text.Messages;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Delivery addresses. */
@Component
class AddressesDataSet extends AccountTable {

    AddressesDataSet(JdbcClient jdbc) {
        super("addresses", "address", jdbc);
    }

    @Override
    public void export(String accountId, RecordSink sink) {
        sink.columns(Messages.list("shop.addresses-columns"));
        write(
                accountId,
                sink,
                (row, number) ->
                        Arrays.asList(row.getString("recipient"), row.getString("phone"), row.getString("line")));
    }
}
