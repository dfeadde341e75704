package org.accountsecurity.shop.jdbc;

import java.util.Arrays;
import java.util.List;
import org.accountsecurity.shop.RecordSink;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class FavouritesDataSet extends AccountTable {

    FavouritesDataSet(JdbcClient jdbc) {
        super("favourites", "favourite", jdbc);
    }

    @Override
    public void export(String accountId, RecordSink sink) {
        sink.columns(List.of("商品"));
        write(accountId, sink, (row, number) -> Arrays.asList(row.getString("title")));
    }
}
