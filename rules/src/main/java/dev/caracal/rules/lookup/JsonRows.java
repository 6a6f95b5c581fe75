package dev.caracal.rules.lookup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The rows of a file of JSON objects, one after the other, on a line each or not. */
final class JsonRows implements Rows {

    private static final ObjectReader JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build()
                    .readerFor(JsonNode.class);

    private final MappingIterator<JsonNode> values;

    JsonRows(InputStream in) throws IOException {
        values = JSON.readValues(in);
    }

    @Override
    public @Nullable ObjectNode next() throws IOException {
        try {
            if (!values.hasNextValue()) {
                return null;
            }
            if (values.nextValue() instanceof ObjectNode row) {
                return row;
            }
        } catch (JsonProcessingException e) {
            throw new IOException("this is not JSON: " + e.getOriginalMessage(), e);
        }
        throw new IOException("expected a JSON object");
    }
}
