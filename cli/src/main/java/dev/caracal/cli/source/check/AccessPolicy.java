package dev.caracal.cli.source.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The policy of a topic or queue, read as far as it concerns a service that acts for a resource.
 * Only {@code Allow} statements count, and of conditions those on the source's ARN and account:
 * what else a statement demands is taken as fulfilled.
 */
final class AccessPolicy {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode policy;

    AccessPolicy(String json) {
        JsonNode read;
        try {
            read = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            read = JSON.missingNode();
        }
        policy = read;
    }

    boolean allows(String service, String action, String sourceArn, String sourceAccount) {
        for (JsonNode statement : elements(policy.path("Statement"))) {
            if (statement.path("Effect").asText().equals("Allow")
                    && matchesAny(statement.path("Action"), action)
                    && admits(statement.path("Principal"), service)
                    && fulfilled(statement.path("Condition"), sourceArn, sourceAccount)) {
                return true;
            }
        }
        return false;
    }

    private static boolean admits(JsonNode principal, String service) {
        return principal.asText().equals("*")
                || matchesAny(principal.path("AWS"), "*")
                || matchesAny(principal.path("Service"), service);
    }

    private static boolean fulfilled(JsonNode conditions, String sourceArn, String sourceAccount) {
        for (JsonNode operator : conditions) {
            for (Map.Entry<String, JsonNode> condition : operator.properties()) {
                boolean holds =
                        switch (condition.getKey().toLowerCase(Locale.ROOT)) {
                            case "aws:sourcearn" -> matchesAny(condition.getValue(), sourceArn);
                            case "aws:sourceaccount", "aws:sourceowner" ->
                                    matchesAny(condition.getValue(), sourceAccount);
                            default -> true;
                        };
                if (!holds) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean matchesAny(JsonNode patterns, String value) {
        return elements(patterns).stream()
                .anyMatch(pattern -> glob(pattern.asText()).matcher(value).matches());
    }

    /** A star stands for any characters, a question mark for one. */
    private static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (char character : pattern.toCharArray()) {
            switch (character) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(character)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
    }

    private static List<JsonNode> elements(JsonNode oneOrMany) {
        if (!oneOrMany.isArray()) {
            return oneOrMany.isMissingNode() ? List.of() : List.of(oneOrMany);
        }
        List<JsonNode> elements = new ArrayList<>();
        oneOrMany.forEach(elements::add);
        return elements;
    }
}
