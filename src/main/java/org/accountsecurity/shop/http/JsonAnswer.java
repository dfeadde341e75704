package org.accountsecurity.shop.http;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.accountsecurity.shop.DataSetFailedException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer of the shop, read strictly: a missing field or a wrong type is a failure, never a default. */
final class JsonAnswer {

    /** An integer may be written with a point or an exponent. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final String dataSet;
    private final JsonNode fields;
    private final Duration retryAfter;

    private JsonAnswer(String dataSet, JsonNode fields, Duration retryAfter) {
        this.dataSet = dataSet;
        this.fields = fields;
        this.retryAfter = retryAfter;
    }

    static JsonAnswer parse(String dataSet, byte[] json, Optional<Duration> retryAfter) {
        JsonNode fields;
        try {
            fields = JSON.readTree(json);
        } catch (JacksonException e) {
            fields = null;
        }
        return of(dataSet, fields, retryAfter);
    }

    static JsonAnswer parse(String dataSet, String json) {
        JsonNode fields;
        try {
            fields = JSON.readTree(json);
        } catch (JacksonException e) {
            fields = null;
        }
        return of(dataSet, fields, Optional.empty());
    }

    private static JsonAnswer of(String dataSet, JsonNode fields, Optional<Duration> retryAfter) {
        if (fields == null || !fields.isObject()) {
            throw new DataSetFailedException(dataSet, "the answer is no JSON object");
        }
        return new JsonAnswer(dataSet, fields, retryAfter.orElse(Duration.ZERO));
    }

    /** The values of one exported record, as many as there are columns. */
    static List<String> parseRecord(String dataSet, String json, int columns) {
        JsonNode values;
        try {
            values = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new DataSetFailedException(dataSet, "a record is no JSON array");
        }
        if (!values.isArray() || values.size() != columns) {
            throw new DataSetFailedException(dataSet, "a record has not as many values as there are columns");
        }
        List<String> texts = new ArrayList<>(columns);
        for (JsonNode value : values) {
            if (!value.isNull() && !value.isString()) {
                throw new DataSetFailedException(dataSet, "a record has a value that is neither text nor null");
            }
            texts.add(value.isNull() ? null : value.stringValue());
        }
        return texts;
    }

    /** How long the service wants no call; zero if it did not say. */
    Duration retryAfter() {
        return retryAfter;
    }

    String text(String field) {
        JsonNode value = fields.path(field);
        if (!value.isString() || value.stringValue().isBlank()) {
            throw unusable(field);
        }
        return value.stringValue();
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : array(field)) {
            if (!value.isString() || value.stringValue().isBlank()) {
                throw unusable(field);
            }
            texts.add(value.stringValue());
        }
        if (texts.isEmpty()) {
            throw unusable(field);
        }
        return texts;
    }

    long number(String field) {
        JsonNode value = fields.path(field);
        try {
            if (value.isNumber()) {
                return value.decimalValue().longValueExact();
            }
        } catch (ArithmeticException e) {
            throw unusable(field);
        }
        throw unusable(field);
    }

    long count(String field) {
        long count = number(field);
        if (count < 0) {
            throw unusable(field);
        }
        return count;
    }

    boolean flag(String field) {
        JsonNode value = fields.path(field);
        if (!value.isBoolean()) {
            throw unusable(field);
        }
        return value.booleanValue();
    }

    /** Null where the field is missing or null. */
    LocalDate date(String field) {
        JsonNode value = fields.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        try {
            if (value.isString() && DATE.matcher(value.stringValue()).matches()) {
                return LocalDate.parse(value.stringValue());
            }
        } catch (DateTimeParseException e) {
            throw unusable(field);
        }
        throw unusable(field);
    }

    <E extends Enum<E>> E oneOf(Class<E> type, String field) {
        try {
            return Enum.valueOf(type, text(field));
        } catch (IllegalArgumentException e) {
            throw unusable(field);
        }
    }

    List<JsonAnswer> objects(String field) {
        List<JsonAnswer> objects = new ArrayList<>();
        for (JsonNode value : array(field)) {
            if (!value.isObject()) {
                throw unusable(field);
            }
            objects.add(new JsonAnswer(dataSet, value, retryAfter));
        }
        return objects;
    }

    DataSetFailedException unusable(String field) {
        return new DataSetFailedException(dataSet, "the answer has no usable field " + field);
    }

    private JsonNode array(String field) {
        JsonNode value = fields.path(field);
        if (!value.isArray()) {
            throw unusable(field);
        }
        return value;
    }
}
