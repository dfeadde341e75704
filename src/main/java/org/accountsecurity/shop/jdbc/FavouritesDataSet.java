package org.accountsecurity.shop.jdbc;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class FavouritesDataSet extends AccountTable {

    FavouritesDataSet(JdbcClient jdbc) {
        super("favourites", "favourite", jdbc);
    }
}
