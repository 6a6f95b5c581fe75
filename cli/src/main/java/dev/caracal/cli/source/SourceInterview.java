package dev.caracal.cli.source;

import dev.caracal.cli.WrongUsageException;
import dev.caracal.job.source.LogSourceRules;
import dev.caracal.job.source.PrefixLogTypes;
import dev.caracal.parsers.stream.LogStreams;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks a person for the fields of a log source that are not known yet. */
final class SourceInterview {

    private final Dialogue dialogue;
    private final LogTypeChoice logTypes;

    SourceInterview(Dialogue dialogue, LogTypeChoice logTypes) {
        this.dialogue = dialogue;
        this.logTypes = logTypes;
    }

    void begin() {
        dialogue.say("Enter takes what stands in brackets; Ctrl-C ends without saving.");
    }

    void complete(SourceDraft draft) throws IOException {
        begin();
        if (draft.name.isEmpty()) {
            draft.name = name();
        }
        if (draft.accountId.isEmpty()) {
            draft.accountId =
                    ask("Account ID of the bucket (12 digits)", "", LogSourceRules::checkAccountId);
        }
        if (draft.bucket.isEmpty()) {
            draft.bucket = ask("Bucket name", "", LogSourceRules::checkBucket);
        }
        if (draft.prefixLogTypes.isEmpty()) {
            askPrefixes(draft);
        }
        if (draft.excludedPrefixes == null) {
            draft.excludedPrefixes =
                    dialogue.ask("Prefixes to pass over (none)", "", SourceInterview::prefixes);
        }
        if (draft.kmsKeyArn == null) {
            draft.kmsKeyArn = askOptional("KMS key ARN (none)", LogSourceRules::checkKmsKeyArn);
        }
        if (draft.externalId == null && (draft.roleArn == null || !draft.roleArn.isEmpty())) {
            draft.externalId =
                    ask(
                            "External id",
                            UUID.randomUUID().toString(),
                            LogSourceRules::checkExternalId);
        }
        if (draft.dropOffMinutes == null) {
            draft.dropOffMinutes = dropOffMinutes();
        }
        if (draft.destinations == null) {
            draft.destinations = destinations();
        }
    }

    String name() throws IOException {
        return ask("Name (a label for people)", "", LogSourceRules::checkName);
    }

    String queueUrl(String usual) throws IOException {
        return ask("Queue URL", usual, LogSourceRules::checkQueueUrl);
    }

    List<String> principals() throws IOException {
        return dialogue.ask(
                "ARNs of accounts and roles that may send to it (none)",
                "",
                answer -> checked(answer, LogSourceRules::checkPrincipal));
    }

    List<String> sourceArns() throws IOException {
        return dialogue.ask(
                "ARNs of topics, EventBridge rules or buckets that may send to it (none)",
                "",
                answer -> checked(answer, LogSourceRules::checkSourceArn));
    }

    List<String> logTypes() throws IOException {
        return askLogTypes("");
    }

    Integer dropOffMinutes() throws IOException {
        return dialogue.ask(
                "Alarm after so many minutes without an event (0: never)",
                "0",
                SourceInterview::minutes);
    }

    List<String> destinations() throws IOException {
        return dialogue.ask(
                "Destinations of such alarms (the usual ones)",
                "",
                answer -> checked(answer, LogSourceRules::checkDestination));
    }

    boolean confirm(String question) throws IOException {
        return dialogue.confirm(question, true);
    }

    private void askPrefixes(SourceDraft draft) throws IOException {
        List<PrefixLogTypes> entries = new ArrayList<>();
        String prefix = askPrefix("S3 prefix filter (the whole bucket)", entries);
        while (prefix != null) {
            entries.add(entry(prefix));
            prefix = prefix.isEmpty() ? null : askPrefix("Another prefix (no more)", entries);
        }
        draft.prefixLogTypes = entries;
    }

    /** Null if there are no more. */
    private @Nullable String askPrefix(String question, List<PrefixLogTypes> entries)
            throws IOException {
        String prefix =
                dialogue.ask(
                        question,
                        "",
                        answer -> {
                            LogSourceRules.checkPrefix("prefix", answer);
                            boolean known =
                                    entries.stream()
                                            .anyMatch(entry -> entry.prefix().equals(answer));
                            if (known) {
                                throw new IllegalArgumentException(
                                        "prefix \"" + answer + "\" is there already");
                            }
                            return answer;
                        });
        return prefix.isEmpty() && !entries.isEmpty() ? null : prefix;
    }

    private PrefixLogTypes entry(String prefix) throws IOException {
        List<String> types = askLogTypes(prefix);
        return new PrefixLogTypes(prefix, types, logStream());
    }

    private List<String> askLogTypes(String prefix) throws IOException {
        List<String> types =
                dialogue.ask(
                        "Log types" + (prefix.isEmpty() ? "" : " under " + prefix),
                        "",
                        this::logTypes);
        dialogue.say("  " + String.join(", ", types));
        return types;
    }

    String logStream() throws IOException {
        return dialogue.ask(
                "Log stream, how records are found",
                "auto",
                answer -> {
                    if (!LogStreams.exists(answer)) {
                        throw new IllegalArgumentException("expected one of " + LogStreams.names());
                    }
                    return answer;
                });
    }

    private List<String> logTypes(String answer) {
        if (answer.isEmpty()) {
            throw new WrongUsageException(
                    "name at least one log type, or a part of its name, such as cloudtrail");
        }
        return words(answer).stream().map(logTypes::complete).toList();
    }

    private static List<String> words(String answer) {
        return Arrays.stream(answer.split("[,\\s]+")).filter(word -> !word.isEmpty()).toList();
    }

    private static List<String> prefixes(String answer) {
        return checked(answer, prefix -> LogSourceRules.checkPrefix("prefix", prefix));
    }

    private static List<String> checked(String answer, Consumer<String> rule) {
        List<String> words = words(answer);
        words.forEach(rule);
        return words;
    }

    private static Integer minutes(String answer) {
        try {
            int minutes = Integer.parseInt(answer);
            LogSourceRules.checkDropOffMinutes(minutes);
            return minutes;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a number of minutes, such as 60", e);
        }
    }

    private String ask(String question, String suggestion, Consumer<String> rule)
            throws IOException {
        return dialogue.ask(
                question,
                suggestion,
                answer -> {
                    rule.accept(answer);
                    return answer;
                });
    }

    private String askOptional(String question, Consumer<String> rule) throws IOException {
        return ask(
                question,
                "",
                answer -> {
                    if (!answer.isEmpty()) {
                        rule.accept(answer);
                    }
                });
    }
}
