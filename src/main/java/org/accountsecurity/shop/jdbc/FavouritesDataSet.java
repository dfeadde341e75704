package org.accountsecurity.shop.jdbc;

import java.util.Arrays;
import org.accountsecurity.shop.RecordSink;
import org.accountsecurity.text.Messages;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Favourite products. */
@Component
class FavouritesDataSet extends AccountTable {

    FavouritesDataSet(JdbcClient jdbc) {
        super("favourites", "favourite", jdbc);
    }

    @Override
    public void export(String accountId, RecordSink sink) {
        sink.columns(Messages.list("shop.favourites-columns"));
        write(accountId, sink, (row, number) -> Arrays.asList(row.getString("title")));
    }
}
