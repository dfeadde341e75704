package org.accountsecurity.deregistration.export;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.accountsecurity.AccountSecurityApplication;
import org.accountsecurity.request.HolderRequests;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The whole application in a process of its own. With one argument, the JDBC address of an empty database, it says how much
 * heap it lives on and adds a large account; with a file as a second, it exports that account to it.
 */
final class LargeExport {

    static final int ORDERS = 100_000;
    static final String BASELINE = "bytes in use: ";

    private static final String HOLDER = "acct-10001";
    private static final int BATCH = 1_000;
    private static final int TITLE = 200;
    private static final int COLLECTIONS = 3;

    private LargeExport() {}

    public static void main(String[] arguments) {
        int status = 1;
        try {
            ConfigurableApplicationContext application = SpringApplication.run(
                    AccountSecurityApplication.class,
                    "--server.port=0",
                    "--camunda.bpm.job-execution.enabled=false",
                    "--spring.datasource.url=" + arguments[0]);
            if (arguments.length == 1) {
                prepare(application);
            } else {
                export(application, Path.of(arguments[1]));
            }
            status = 0;
        } catch (IOException | RuntimeException | Error e) {
            e.printStackTrace();
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }

    /** A small export first, so that the baseline has all classes that the large one needs. */
    private static void prepare(ConfigurableApplicationContext application) throws IOException {
        export(application, "acct-10004", OutputStream.nullOutputStream());
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        System.out.println(BASELINE
                + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        addOrders(application.getBean(JdbcTemplate.class));
    }

    private static void export(ConfigurableApplicationContext application, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            export(application, HOLDER, out);
        }
    }

    private static void export(ConfigurableApplicationContext application, String account, OutputStream out)
            throws IOException {
        DataExports exports = application.getBean(DataExports.class);
        exports.order(application
                .getBean(HolderRequests.class)
                .open("account-deregistration", account, "instance of " + account, null)
                .orElseThrow());
        application.getBean(ExportMaking.class).makeNext();
        exports.write(exports.find(account).orElseThrow(), out);
    }

    /** As long as the column allows, and of characters that no compression makes small. */
    static String title(Random random) {
        return random.ints(TITLE, 0x4E00, 0x9FA5)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static void addOrders(JdbcTemplate jdbc) {
        Random random = new Random(4);
        for (int first = 0; first < ORDERS; first += BATCH) {
            List<Object[]> orders = IntStream.range(first, first + BATCH)
                    .mapToObj(number -> new Object[] {"large-" + number, HOLDER, title(random)})
                    .toList();
            jdbc.batchUpdate(
                    "insert into shop_order (id, account_id, title, amount_fen, status, placed_at, completed_at)"
                            + " values (?, ?, ?, 12345, 'COMPLETED', current_timestamp, current_timestamp)",
                    orders);
        }
    }
}
