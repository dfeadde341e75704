package org.accountsecurity.shop.http;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.accountsecurity.shop.DataSetFailedException;
import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParser;
import org.springframework.boot.json.JsonParserFactory;

/** An answer of the shop, read strictly: what is missing or of another type is a failure, never a default. */
final class JsonAnswer {

    private static final JsonParser PARSER = JsonParserFactory.getJsonParser();

    private final String dataSet;
    private final Map<?, ?> fields;

    private JsonAnswer(String dataSet, Map<?, ?> fields) {
        this.dataSet = dataSet;
        this.fields = fields;
    }

    static JsonAnswer parse(String dataSet, String json) {
        Map<?, ?> fields;
        try {
            fields = PARSER.parseMap(json);
        } catch (JsonParseException e) {
            fields = null;
        }
        if (fields == null) {
            throw new DataSetFailedException(dataSet, "the answer is no JSON object");
        }
        return new JsonAnswer(dataSet, fields);
    }

    /** The values of one exported record, as many as there are columns. */
    static List<String> parseRecord(String dataSet, String json, int columns) {
        List<Object> values;
        try {
            values = PARSER.parseList(json);
        } catch (JsonParseException e) {
            throw new DataSetFailedException(dataSet, "a record is no JSON array");
        }
        if (values.size() != columns) {
            throw new DataSetFailedException(dataSet, "a record has not as many values as there are columns");
        }
        List<String> texts = new ArrayList<>(columns);
        for (Object value : values) {
            if (value != null && !(value instanceof String)) {
                throw new DataSetFailedException(dataSet, "a record has a value that is neither text nor null");
            }
            texts.add((String) value);
        }
        return texts;
    }

    String text(String field) {
        String text = the(field, String.class);
        if (text.isBlank()) {
            throw unusable(field);
        }
        return text;
    }

    List<String> texts(String field) {
        List<?> values = the(field, List.class);
        if (values.isEmpty() || !values.stream().allMatch(value -> value instanceof String text && !text.isBlank())) {
            throw unusable(field);
        }
        return values.stream().map(String.class::cast).toList();
    }

    long number(String field) {
        Object value = fields.get(field);
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
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
        return the(field, Boolean.class);
    }

    /** Null where the field is missing or null. */
    LocalDate date(String field) {
        if (fields.get(field) == null) {
            return null;
        }
        try {
            return LocalDate.parse(the(field, String.class));
        } catch (DateTimeParseException e) {
            throw unusable(field);
        }
    }

    <E extends Enum<E>> E oneOf(Class<E> type, String field) {
        try {
            return Enum.valueOf(type, the(field, String.class));
        } catch (IllegalArgumentException e) {
            throw unusable(field);
        }
    }

    List<JsonAnswer> objects(String field) {
        List<JsonAnswer> objects = new ArrayList<>();
        for (Object value : the(field, List.class)) {
            if (!(value instanceof Map<?, ?> object)) {
                throw unusable(field);
            }
            objects.add(new JsonAnswer(dataSet, object));
        }
        return objects;
    }

    DataSetFailedException unusable(String field) {
        return new DataSetFailedException(dataSet, "the answer has no usable field " + field);
    }

    private <T> T the(String field, Class<T> type) {
        Object value = fields.get(field);
        if (!type.isInstance(value)) {
            throw unusable(field);
        }
        return type.cast(value);
    }
}
