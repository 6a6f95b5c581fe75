package dev.caracal.localaws.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a call in AWS's query protocol: {@code Action=Publish&TopicArn=…}, with lists
 * and maps spelt out as {@code Attributes.entry.1.key}.
 */
public record Query(Map<String, String> parameters) {

    public Query {
        parameters = Map.copyOf(parameters);
    }

    public static Query parse(String form) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return new Query(parameters);
    }

    public String action() {
        return get("Action")
                .orElseThrow(
                        () ->
                                new AwsError(
                                        400,
                                        "MissingAction",
                                        "The request has no Action parameter."));
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** The parameter's value, or the error {@code InvalidParameter} that names it. */
    public String require(String name) {
        return get(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(
                        () ->
                                new AwsError(
                                        400,
                                        "InvalidParameter",
                                        "Invalid parameter: " + name + " Reason: no value"));
    }

    /** The members {@code prefix.1.…}, {@code prefix.2.…}, each with its own parameters. */
    public List<Query> members(String prefix) {
        List<Query> members = new ArrayList<>();
        for (int index = 1; ; index++) {
            String start = prefix + "." + index + ".";
            Map<String, String> member = new LinkedHashMap<>();
            parameters.forEach(
                    (name, value) -> {
                        if (name.startsWith(start)) {
                            member.put(name.substring(start.length()), value);
                        }
                    });
            if (member.isEmpty()) {
                return members;
            }
            members.add(new Query(member));
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
