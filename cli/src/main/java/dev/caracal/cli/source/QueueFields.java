package dev.caracal.cli.source;

import dev.caracal.cli.WrongUsageException;
import dev.caracal.job.source.QueueSource;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The fields that only a queue has whose messages are log records. */
final class QueueFields {

    private static final String OPTION = "--queue-url";

    @Option(
            names = OPTION,
            paramLabel = "URL",
            description =
                    "Of the queue whose messages are log records, with --type sqs (default:"
                            + " caracal-source-ID beside the queue of --config).")
    private @Nullable String queueUrl;

    @Option(
            names = "--allow-principal",
            split = ",",
            paramLabel = "ARN",
            description = "Accounts and roles that may send to that queue.")
    private @Nullable List<String> principals;

    @Option(
            names = "--allow-source",
            split = ",",
            paramLabel = "ARN",
            description = "Topics, EventBridge rules or buckets that may send to that queue.")
    private @Nullable List<String> sourceArns;

    boolean isEmpty() {
        return queueUrl == null && principals == null && sourceArns == null;
    }

    /** Asks a person for those that are not given. */
    void ask(SourceInterview interview, String usualUrl) throws IOException {
        if (queueUrl == null) {
            queueUrl = interview.queueUrl(usualUrl);
        }
        if (principals == null) {
            principals = interview.principals();
        }
        if (sourceArns == null) {
            sourceArns = interview.sourceArns();
        }
    }

    /**
     * The log source that the options describe.
     *
     * @param usualUrl the queue's URL where none is given; empty if there is no usual one
     * @param before the one that is changed; null for a new one
     * @throws WrongUsageException if something is missing or wrong
     */
    QueueSource build(
            String id,
            SourceFields fields,
            LogTypeChoice choice,
            String usualUrl,
            @Nullable QueueSource before) {
        List<String> unfit = fields.ofBucketsOnly();
        if (!unfit.isEmpty()) {
            throw new WrongUsageException(
                    "a queue has no " + String.join(", ", unfit) + "; these are a bucket's");
        }
        String url = queueUrl != null ? queueUrl : before != null ? before.queueUrl() : usualUrl;
        if (url.isEmpty()) {
            throw new WrongUsageException(
                    "missing: " + OPTION + ", or --config with the job's own queue");
        }
        List<String> logTypes = fields.logTypes(choice);
        try {
            return new QueueSource(
                    id,
                    fields.name(before == null ? "" : before.name()),
                    url,
                    logTypes.isEmpty() && before != null ? before.logTypes() : logTypes,
                    fields.logStream(before == null ? "auto" : before.logStream()),
                    given(principals, before == null ? List.of() : before.allowedPrincipals()),
                    given(sourceArns, before == null ? List.of() : before.allowedSourceArns()),
                    fields.dropOffMinutes(before == null ? 0 : before.dropOffMinutes()),
                    fields.destinations(before == null ? List.of() : before.destinations()));
        } catch (IllegalArgumentException e) {
            throw new WrongUsageException(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> given(@Nullable List<String> values, List<String> otherwise) {
        return values == null
                ? otherwise
                : values.stream().filter(value -> !value.isEmpty()).toList();
    }
}
