package org.accountsecurity.deregistration.export;

import java.io.IOException;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** An array of objects, every value as the shop gave it. */
class JsonRecords extends RecordFile {

    private static final ObjectWriter JSON = JsonMapper.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build()
            .writerWithDefaultPrettyPrinter();

    private final DataArchive archive;
    private final String entry;
    private JsonGenerator json;

    JsonRecords(DataArchive archive, String file) {
        this.archive = archive;
        this.entry = file + ".json";
    }

    @Override
    void begin() throws IOException {
        json = JSON.createGenerator(archive.open(entry));
        json.writeStartArray();
    }

    @Override
    void write(List<String> values) {
        json.writeStartObject();
        for (int i = 0; i < values.size(); i++) {
            json.writeStringProperty(columns().get(i), values.get(i));
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
