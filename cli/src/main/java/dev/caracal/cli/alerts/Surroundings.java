package dev.caracal.cli.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The searches in the lake that show what else went on around an alert's events. */
final class Surroundings {

    private static final Duration AROUND = Duration.ofHours(1);
    private static final int MOST = 6;

    /** From what tells most of who it was, to what tells least. */
    private static final List<String> INDICATORS =
            List.of(
                    "p_any_ip_addresses",
                    "p_any_usernames",
                    "p_any_emails",
                    "p_any_aws_arns",
                    "p_any_aws_instance_ids",
                    "p_any_domain_names",
                    "p_any_sha256_hashes",
                    "p_any_sha1_hashes",
                    "p_any_md5_hashes");

    /** Logs are written by strangers: only what a shell takes as it stands gets into a command. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+=-]{0,199}");

    private Surroundings() {}

    /** Commands for a shell; none if the events have no time or nothing to look for. */
    static List<String> searches(List<JsonNode> events) {
        List<Instant> times = new ArrayList<>();
        events.forEach(event -> EventTime.of(event).ifPresent(times::add));
        if (times.isEmpty()) {
            return List.of();
        }
        String range =
                " --from "
                        + Collections.min(times).minus(AROUND)
                        + " --to "
                        + Collections.max(times).plus(AROUND);
        return values(events).stream()
                .limit(MOST)
                .map(value -> "caracal search --indicator " + value + range)
                .toList();
    }

    private static Set<String> values(List<JsonNode> events) {
        Set<String> values = new LinkedHashSet<>();
        for (String indicator : INDICATORS) {
            for (JsonNode event : events) {
                for (JsonNode value : event.path(indicator)) {
                    if (PLAIN.matcher(value.asText()).matches()) {
                        values.add(value.asText());
                    }
                }
            }
        }
        return values;
    }
}
