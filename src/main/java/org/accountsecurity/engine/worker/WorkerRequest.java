package org.accountsecurity.engine.worker;

import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.rest.exception.InvalidRequestException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON object from a worker; nothing in it is trusted. */
class WorkerRequest {

    private static final int MOST_BYTES = 16 * 1024;
    private static final int LONGEST_ECHO = 40;
    private static final Pattern TEXT = Pattern.compile("[\\w.@:-]{1,128}");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final JsonNode fields;

    private WorkerRequest(JsonNode fields) {
        if (fields == null || !fields.isObject()) {
            throw refused("Send a JSON object.");
        }
        this.fields = fields;
    }

    static WorkerRequest read(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new InvalidRequestException(
                        Status.REQUEST_ENTITY_TOO_LARGE, "Send at most " + MOST_BYTES + " bytes.");
            }
            return new WorkerRequest(JSON.readTree(bytes));
        } catch (JacksonException e) {
            throw refused("Send a JSON object.");
        } catch (IOException e) {
            throw refused("Send the whole request.");
        }
    }

    static InvalidRequestException refused(String sentence) {
        return new InvalidRequestException(Status.BAD_REQUEST, sentence);
    }

    /** Refuses unknown fields, which the sender would believe to have an effect. */
    WorkerRequest only(String... known) {
        fields.properties().forEach(field -> {
            if (!Set.of(known).contains(field.getKey()) && !isNothing(field.getValue())) {
                throw refused("Leave out " + shortened(field.getKey()) + ": it is not supported here.");
            }
        });
        return this;
    }

    /** Clients send empty fields. */
    private static boolean isNothing(JsonNode value) {
        return value.isNull()
                || value.isContainer() && value.isEmpty()
                || value.isBoolean() && !value.booleanValue(false);
    }

    String text(String name) {
        if (!fields.path(name).isString()
                || !TEXT.matcher(fields.path(name).stringValue(null)).matches()) {
            throw refused("Set " + name + " to a text of 1 to 128 letters, digits and . _ @ : - only.");
        }
        return fields.path(name).stringValue(null);
    }

    boolean isSet(String name) {
        return fields.path(name).booleanValue(false);
    }

    int number(String name, int least, int most) {
        JsonNode value = fields.path(name);
        if (!value.canConvertToInt()
                || !value.isIntegralNumber()
                || value.intValue() < least
                || value.intValue() > most) {
            throw refused("Set " + name + " to a number from " + least + " to " + most + ".");
        }
        return value.intValue();
    }

    /** A duration in milliseconds, as clients send it. */
    int milliseconds(String name, Duration least, Duration most) {
        return number(name, (int) least.toMillis(), (int) most.toMillis());
    }

    List<WorkerRequest> objects(String name) {
        List<WorkerRequest> objects = new ArrayList<>();
        fields.path(name).forEach(object -> objects.add(new WorkerRequest(object)));
        return objects;
    }

    /** The names in this list; the others if it is missing. */
    List<String> names(String name, List<String> otherwise) {
        JsonNode list = fields.path(name);
        return list.isArray()
                ? list.valueStream().map(node -> node.asString("")).toList()
                : otherwise;
    }

    /** The values of exactly these variables, each one of those that it may have. */
    Map<String, Object> values(Map<String, List<Object>> allowed) {
        JsonNode sent = fields.path("variables");
        Map<String, Object> values = new LinkedHashMap<>();
        sent.properties().forEach(variable -> {
            if (!allowed.containsKey(variable.getKey())) {
                throw refused("Leave out the variable " + shortened(variable.getKey())
                        + ": workers of this topic don't write it.");
            }
        });
        allowed.forEach((name, possible) -> {
            JsonNode value = sent.path(name).path("value");
            Object plain = value.isBoolean() ? (Object) value.booleanValue(false) : value.stringValue(null);
            if (plain == null || !possible.contains(plain)) {
                throw refused("Set the variable " + name + " to one of " + possible + ".");
            }
            values.put(name, plain);
        });
        return values;
    }

    private static String shortened(String name) {
        return name.length() > LONGEST_ECHO ? name.substring(0, LONGEST_ECHO) : name;
    }
}
