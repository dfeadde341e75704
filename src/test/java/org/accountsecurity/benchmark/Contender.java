package org.accountsecurity.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.accountsecurity.gateway.SilentGateways;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A contender in a process of its own: reads a command a line, and answers each with a line of JSON. */
public final class Contender {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DRIVER_CONNECTIONS = 16;

    private final StatementCount count = new StatementCount();
    private final ConfigurableApplicationContext context;
    private final Walk walk;

    private Contender(Kind kind, List<String> settings) {
        this.context = ContenderApplication.run(kind, count, settings);
        jobExecutor().shutdown();
        HikariDataSource pool = context.getBean(DataSourceProperties.class)
                .initializeDataSourceBuilder()
                .type(HikariDataSource.class)
                .build();
        pool.setMaximumPoolSize(DRIVER_CONNECTIONS);
        JdbcClient driver = JdbcClient.create(pool);
        this.walk = kind == Kind.FLOOR
                ? new FloorWalk(context, driver)
                : new EngineWalk(context, kind != Kind.STOCK, driver);
    }

    /** @param arguments the {@link Kind}, then settings of the application */
    public static void main(String[] arguments) {
        PrintStream answers = System.out;
        System.setOut(System.err);
        try {
            work(arguments, answers);
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            // whoever waits for an answer is told by the end of the process
            System.exit(1);
        }
    }

    private static void work(String[] arguments, PrintStream answers) throws Exception {
        Contender contender =
                new Contender(Kind.valueOf(arguments[0]), List.of(arguments).subList(1, arguments.length));
        answers.println(JSON.writeValueAsString(Map.of("ready", true)));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            answers.println(JSON.writeValueAsString(contender.answer(command.split(" "))));
        }
        contender.context.close();
    }

    private Object answer(String[] command) throws InterruptedException, ExecutionException {
        return switch (command[0]) {
            case "race" ->
                race(
                        Work.valueOf(command[1]),
                        Integer.parseInt(command[2]),
                        Integer.parseInt(command[3]),
                        Integer.parseInt(command[4]),
                        command.length > 5 ? command[5] : null);
            case "count" -> {
                count.start();
                race(Work.valueOf(command[1]), 1, Integer.parseInt(command[2]), Integer.parseInt(command[3]), null);
                yield count.stop();
            }
            case "port" ->
                Map.of("port", Integer.parseInt(context.getEnvironment().getProperty("local.server.port")));
            case "code" -> Map.of("code", context.getBean(SilentGateways.class).take(command[1]));
            case "jobs" -> {
                if (command[1].equals("on")) {
                    jobExecutor().start();
                } else {
                    jobExecutor().shutdown();
                }
                yield Map.of("jobs", command[1]);
            }
            default -> throw new IllegalArgumentException(command[0]);
        };
    }

    private JobExecutor jobExecutor() {
        return context.getBean(JobExecutor.class);
    }

    /** Clients who do so much work between them, each with accounts of their own. */
    private Map<String, Object> race(Work work, int clients, int number, int firstHolder, String until)
            throws InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger(firstHolder);
        Latencies latencies = new Latencies();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        long begun = System.nanoTime();
        List<Future<?>> all = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            all.add(threads.submit(() -> {
                for (int holder = next.getAndIncrement();
                        holder < firstHolder + number;
                        holder = next.getAndIncrement()) {
                    walk.walk(work, Holder.of(holder), until, latencies);
                }
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
        threads.shutdown();
        return Map.of("seconds", seconds, "latencies", latencies.all());
    }
}
