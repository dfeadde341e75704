package org.accountsecurity.shop.jdbc;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class AddressesDataSet extends AccountTable {

    AddressesDataSet(JdbcClient jdbc) {
        super("addresses", "address", jdbc);
    }
}
