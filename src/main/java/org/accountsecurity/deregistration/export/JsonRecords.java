package org.accountsecurity.deregistration.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.util.List;

/** An array of objects, every value as the shop gave it. */
class JsonRecords extends RecordFile {

    private static final JsonFactory JSON = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    private final DataArchive archive;
    private final String entry;
    private JsonGenerator json;

    JsonRecords(DataArchive archive, String file) {
        this.archive = archive;
        this.entry = file + ".json";
    }

    @Override
    void begin() throws IOException {
        json = JSON.createGenerator(archive.open(entry)).setPrettyPrinter(new DefaultPrettyPrinter());
        json.writeStartArray();
    }

    @Override
    void write(List<String> values) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < values.size(); i++) {
            json.writeStringField(columns().get(i), values.get(i));
        }
        json.writeEndObject();
    }

    @Override
    void end() throws IOException {
        json.writeEndArray();
        json.close();
        archive.closeEntry();
    }
}
