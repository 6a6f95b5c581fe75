package dev.caracal.cli.source.check;

import dev.caracal.job.source.LogSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.NotificationConfigurationFilter;

/** Whether the bucket announces the objects under each prefix. */
final class NotificationCheck {

    private static final String PART = "notification";

    private final S3Client s3;
    private final LogSource source;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> destinations = new LinkedHashSet<>();

    NotificationCheck(S3Client s3, LogSource source) {
        this.s3 = s3;
        this.source = source;
    }

    List<Finding> findings() {
        return findings;
    }

    /** ARNs of the topics and queues that the source's objects are announced to. */
    Set<String> destinations() {
        return destinations;
    }

    /** One rule of the bucket: which objects it announces, and to whom. */
    private record Rule(String arn, List<Event> events, String prefix, String suffix) {

        static Rule of(String arn, List<Event> events, NotificationConfigurationFilter filter) {
            return new Rule(arn, events, value(filter, "prefix"), value(filter, "suffix"));
        }

        private static String value(NotificationConfigurationFilter filter, String name) {
            if (filter == null || filter.key() == null) {
                return "";
            }
            return filter.key().filterRules().stream()
                    .filter(rule -> rule.nameAsString().equalsIgnoreCase(name))
                    .map(FilterRule::value)
                    .findFirst()
                    .orElse("");
        }

        boolean isOfEveryCreation() {
            return events.contains(Event.S3_OBJECT_CREATED);
        }

        boolean isOfCreation() {
            return events.stream()
                    .anyMatch(event -> event.toString().startsWith("s3:ObjectCreated:"));
        }
    }

    void run() {
        GetBucketNotificationConfigurationResponse configuration;
        try {
            configuration =
                    s3.getBucketNotificationConfiguration(
                            request ->
                                    request.bucket(source.bucket())
                                            .expectedBucketOwner(source.accountId()));
        } catch (SdkException e) {
            findings.add(
                    Finding.notChecked(
                            PART,
                            "the role may not s3:GetBucketNotification, which `caracal source"
                                    + " template "
                                    + source.id()
                                    + "` allows: "
                                    + AwsFailure.text(e)));
            return;
        }
        List<Rule> rules = new ArrayList<>();
        configuration
                .topicConfigurations()
                .forEach(rule -> rules.add(Rule.of(rule.topicArn(), rule.events(), rule.filter())));
        configuration
                .queueConfigurations()
                .forEach(rule -> rules.add(Rule.of(rule.queueArn(), rule.events(), rule.filter())));
        boolean eventBridge = configuration.eventBridgeConfiguration() != null;
        for (String prefix : source.reducedPrefixes()) {
            findings.add(
                    check(
                            PART + (prefix.isEmpty() ? "" : " of " + prefix),
                            prefix,
                            rules,
                            eventBridge));
        }
    }

    private Finding check(String part, String prefix, List<Rule> rules, boolean eventBridge) {
        List<Rule> covering =
                rules.stream()
                        .filter(Rule::isOfCreation)
                        .filter(rule -> prefix.startsWith(rule.prefix()))
                        .toList();
        Optional<Rule> whole = covering.stream().filter(Rule::isOfEveryCreation).findFirst();
        if (whole.isPresent()) {
            Rule rule = whole.get();
            destinations.add(rule.arn());
            String suffix =
                    rule.suffix().isEmpty() ? "" : ", only of keys that end in " + rule.suffix();
            return Finding.healthy(part, "to " + rule.arn() + suffix);
        }
        if (!covering.isEmpty()) {
            destinations.add(covering.get(0).arn());
            return Finding.unhealthy(
                    part,
                    "only of " + covering.get(0).events() + ", to " + covering.get(0).arn(),
                    "Let it be of s3:ObjectCreated:*, or objects that are uploaded otherwise are"
                            + " missed: caracal source template "
                            + source.id()
                            + " --bucket");
        }
        List<String> narrower =
                rules.stream()
                        .filter(Rule::isOfCreation)
                        .map(Rule::prefix)
                        .filter(other -> other.startsWith(prefix))
                        .toList();
        if (!narrower.isEmpty()) {
            rules.stream()
                    .filter(rule -> narrower.contains(rule.prefix()))
                    .forEach(rule -> destinations.add(rule.arn()));
            return Finding.unhealthy(
                    part,
                    "only of keys under " + narrower,
                    "Name these prefixes in the log source, or let the bucket announce all: caracal"
                            + " source template "
                            + source.id()
                            + " --bucket");
        }
        if (eventBridge) {
            return Finding.notChecked(
                    part, "the bucket tells EventBridge, whose rules are not looked at");
        }
        return Finding.unhealthy(
                part,
                "the bucket announces no object under it",
                ManagedNotifications.remedy(
                        source,
                        "Let the bucket publish to the topic: caracal source template "
                                + source.id()
                                + " --bucket. If CloudTrail itself tells the topic, nothing needs"
                                + " to be done."));
    }
}
