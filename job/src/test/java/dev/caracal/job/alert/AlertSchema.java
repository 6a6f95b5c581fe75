package dev.caracal.job.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.caracal.rules.Alert;
import java.io.IOException;
import java.util.List;

/** Checks alert records against the schema that is documented. */
public final class AlertSchema {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V7)
                    .getSchema(
                            AlertSchema.class.getResourceAsStream(
                                    "/dev/caracal/job/alert/alert-v1.schema.json"));

    private AlertSchema() {}

    public static List<String> problems(Alert alert) throws IOException {
        return problems(JSON.readTree(alert.toJson()));
    }

    static List<String> problems(JsonNode record) {
        return SCHEMA.validate(record).stream().map(ValidationMessage::getMessage).toList();
    }
}
