package org.accountsecurity.engine.edit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The folders {@code processes} and {@code forms} of a checkout. */
record ModelFolders(Path processes, Path forms) {

    static final String NO_CHARACTER = "\uFFFD";

    static ModelFolders in(Path checkout) {
        return new ModelFolders(checkout.resolve("processes"), checkout.resolve("forms"));
    }

    boolean exist() {
        return Files.isDirectory(processes) && Files.isDirectory(forms);
    }

    /**
     * Reads all models and forms by file name, without hidden files. {@link #NO_CHARACTER} stands for bytes that are
     * not UTF-8.
     */
    Map<String, String> read() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        read(processes, "[!.]*.{bpmn,dmn}", contents);
        read(forms, "[!.]*.form", contents);
        return contents;
    }

    private static void read(Path folder, String files, Map<String, String> contents) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, files)) {
            for (Path file : found) {
                contents.put(
                        file.getFileName().toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
