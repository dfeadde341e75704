package org.accountsecurity.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A contender as the benchmark holds it. */
final class ContenderProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Process process;
    private final PrintWriter commands;
    private final BufferedReader answers;
    private final Database database;
    private int nextHolder = 1;

    ContenderProcess(
            String name, Kind kind, Database database, Path directory, List<String> jvm, List<String> settings) {
        this.name = name;
        this.database = database;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Contender.class.getName(), kind.name()));
        command.addAll(settings);
        try {
            this.process = new ProcessBuilder(command)
                    .redirectError(
                            directory.resolve(name.replace(' ', '-') + ".log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.commands = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    Database database() {
        return database;
    }

    /** Accounts that have not been used; the number of the first. */
    int holders(int number) {
        int first = nextHolder;
        nextHolder += number;
        database.addAccounts(first, number);
        return first;
    }

    /** Waits until it is ready for its first command. */
    ContenderProcess started() {
        answer();
        return this;
    }

    JsonNode ask(Object... command) {
        List<String> words = new ArrayList<>();
        for (Object word : command) {
            words.add(String.valueOf(word));
        }
        commands.println(String.join(" ", words));
        return answer();
    }

    private JsonNode answer() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException(name + " has ended; its log says why");
            }
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        commands.close();
        process.destroy();
    }
}
