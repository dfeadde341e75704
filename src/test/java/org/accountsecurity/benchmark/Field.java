package org.accountsecurity.benchmark;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** All contenders, each in a process of its own with a database of its own, on one PostgreSQL that keeps its promises. */
final class Field implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EmbeddedPostgres postgres;
    private final long postmaster;
    private final JdbcTemplate server;
    private final Map<Kind, ContenderProcess> contenders = new EnumMap<>(Kind.class);
    private final List<ContenderProcess> more = new ArrayList<>();
    private final Settings settings;

    Field(Settings settings) throws IOException {
        this.settings = settings;
        this.postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "1GB")
                // what a checkpoint costs depends on when it comes, which would be another contender each time
                .setServerConfig("checkpoint_timeout", "1h")
                .setServerConfig("max_wal_size", "16GB")
                .start();
        this.server = new JdbcTemplate(postgres.getPostgresDatabase());
        this.postmaster = Long.parseLong(Files.readAllLines(Path.of(show("data_directory"), "postmaster.pid"))
                .get(0));
    }

    /** One more, with a database of its own, which ends with the others. */
    ContenderProcess another(String name, Kind kind) {
        more.add(start(name, kind));
        return more.get(more.size() - 1);
    }

    /** One more on the database of another. */
    ContenderProcess secondNode(ContenderProcess first) {
        ContenderProcess second = launch("second node", Kind.OURS, first.database());
        more.add(second);
        for (Work work : Work.values()) {
            second.ask("race", work, 2, settings.warmUp(), first.holders(settings.warmUp()));
        }
        return second;
    }

    /** Of these and of the database, so far. */
    long cpuMillis(ContenderProcess... contenders) {
        return Cpu.ofAll(postmaster)
                + Stream.of(contenders)
                        .mapToLong(contender -> Cpu.of(contender.pid()))
                        .sum();
    }

    private ContenderProcess start(String name, Kind kind) {
        ContenderProcess contender = launch(name, kind, new Database(postgres, name.replaceAll("\\W+", "_")));
        for (Work work : Work.values()) {
            block(0, contender, work, 2, settings.warmUp());
        }
        return contender;
    }

    private ContenderProcess launch(String name, Kind kind, Database database) {
        Progress.tell("starting " + name);
        ContenderProcess contender = new ContenderProcess(
                name,
                kind,
                database,
                settings.output(),
                settings.jvm(),
                ContenderApplication.settings(database.url(), 0));
        return contender.started();
    }

    String show(String setting) {
        return server.queryForObject("show " + setting, String.class);
    }

    /** The first of its kind, started when it is first asked for. */
    ContenderProcess contender(Kind kind) {
        return contenders.computeIfAbsent(kind, missing -> start(kind.label(), kind));
    }

    /** In another order each time. */
    List<Kind> order(int turn) {
        List<Kind> order = new ArrayList<>(Kind.RACE);
        Collections.rotate(order, turn);
        return order;
    }

    /** Has a contender do so much work, and measures it from outside. */
    Block block(int round, ContenderProcess contender, Work work, int clients, int count) {
        Database database = contender.database();
        int first = contender.holders(count);
        long wal = database.walBytes();
        long jvm = Cpu.of(contender.pid());
        long postgresCpu = Cpu.ofAll(postmaster);
        JsonNode answer = contender.ask("race", work, clients, count, first);
        return new Block(
                round,
                contender.name(),
                work,
                clients,
                count,
                answer.path("seconds").asDouble(),
                Cpu.of(contender.pid()) - jvm,
                Cpu.ofAll(postmaster) - postgresCpu,
                database.walBytes() - wal,
                JSON.convertValue(answer.path("latencies"), new TypeReference<Map<String, List<Long>>>() {}));
    }

    @Override
    public void close() throws IOException {
        contenders.values().forEach(ContenderProcess::close);
        more.forEach(ContenderProcess::close);
        postgres.close();
    }
}
