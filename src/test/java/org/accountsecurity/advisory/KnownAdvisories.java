package org.accountsecurity.advisory;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What was known on a day, in UTC. */
record KnownAdvisories(String date, List<Advisory> advisories) {

    static final Path LIST = Path.of("src/test/resources/advisories/known.json");

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    static KnownAdvisories read(Path list) throws IOException {
        return JSON.readValue(list.toFile(), KnownAdvisories.class);
    }

    void write(Path list) throws IOException {
        Files.writeString(list, JSON.writeValueAsString(this) + "\n");
    }
}
