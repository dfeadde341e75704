package org.accountsecurity.testing;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A test of the application, with what nearly every one of them needs. */
@ApplicationTest
public abstract class JourneyTest {

    @LocalServerPort
    protected int port;

    @Autowired
    protected Journey journey;

    @Autowired
    protected TestClock clock;

    @Autowired
    protected JdbcClient jdbc;

    @Autowired
    protected Rows rows;
}
