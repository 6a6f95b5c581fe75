package dev.caracal.cli.source;

import dev.caracal.cli.WrongUsageException;
import dev.caracal.job.source.LogSourceRules;
import dev.caracal.job.source.PrefixLogTypes;
import dev.caracal.parsers.LogTypes;
import dev.caracal.parsers.stream.LogStreams;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The fields of a log source that options give; those that are not given stay as they are. */
final class SourceFields {

    private static final String WHOLE_BUCKET = "";
    private static final String ANY_STREAM = "auto";

    /** For the completion of the shell. */
    static final class BuiltinLogTypes implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return LogTypes.builtin().names().iterator();
        }
    }

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Label: 1 to 32 letters, digits, spaces, hyphens.")
    private @Nullable String name;

    @Option(names = "--bucket", paramLabel = "BUCKET", description = "Name of the bucket.")
    private @Nullable String bucket;

    @Option(
            names = "--log-type",
            split = ",",
            paramLabel = "TYPE",
            completionCandidates = BuiltinLogTypes.class,
            description = "Log types of the prefixes that name none, tried in this order.")
    private List<String> logTypes = List.of();

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX[=TYPE,TYPE]",
            description =
                    "Beginning of the keys that are read, without a leading /, and their log types;"
                            + " may be repeated (default: the whole bucket).")
    private List<String> prefixes = List.of();

    @Option(
            names = "--log-stream",
            paramLabel = "[PREFIX=]NAME",
            description =
                    "How records are found, as in `caracal parse`; may be repeated (default: auto).")
    private List<String> logStreams = List.of();

    @Option(
            names = "--exclude",
            split = ",",
            paramLabel = "PREFIX",
            description = "Beginnings of keys that are passed over.")
    private @Nullable List<String> excluded;

    @Option(
            names = "--kms-key",
            paramLabel = "ARN",
            description = "The key of objects encrypted with SSE-KMS.")
    private @Nullable String kmsKey;

    @Option(
            names = "--role-arn",
            paramLabel = "ARN",
            description =
                    "The log processing role (default: CaracalLogProcessingRole-NAME in the"
                            + " bucket's account); empty: the job reads with its own credentials.")
    private @Nullable String roleArn;

    @Option(
            names = "--external-id",
            paramLabel = "ID",
            description = "Sent when the role is assumed (default: a new random one).")
    private @Nullable String externalId;

    @Option(
            names = "--drop-off-minutes",
            paramLabel = "N",
            description = "Raise an alarm if no event has come for so long; 0: none (default).")
    private @Nullable Integer dropOffMinutes;

    @Option(
            names = "--destination",
            split = ",",
            paramLabel = "NAME",
            description = "Where alarms about the log source go (default: the usual ones).")
    private @Nullable List<String> destinations;

    @Option(
            names = "--managed-notifications",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description =
                    "Set up the bucket's notifications through the role: topic, subscription and the"
                            + " bucket's configuration; false takes them down (default: false).")
    private @Nullable Boolean managedNotifications;

    boolean isEmpty() {
        return name == null
                && bucket == null
                && logTypes.isEmpty()
                && prefixes.isEmpty()
                && logStreams.isEmpty()
                && excluded == null
                && kmsKey == null
                && roleArn == null
                && externalId == null
                && dropOffMinutes == null
                && destinations == null
                && managedNotifications == null;
    }

    /** Asks a person for those of a queue's that are not given. */
    void askForQueue(SourceInterview interview) throws IOException {
        if (logTypes.isEmpty()) {
            logTypes = interview.logTypes();
        }
        if (logStreams.isEmpty()) {
            logStreams = List.of(interview.logStream());
        }
        if (dropOffMinutes == null) {
            dropOffMinutes = interview.dropOffMinutes();
        }
        if (destinations == null) {
            destinations = interview.destinations();
        }
    }

    /** The given options that do not fit a queue. */
    List<String> ofBucketsOnly() {
        List<String> given = new ArrayList<>();
        if (bucket != null) {
            given.add("--bucket");
        }
        if (!prefixes.isEmpty()) {
            given.add("--prefix");
        }
        if (excluded != null) {
            given.add("--exclude");
        }
        if (kmsKey != null) {
            given.add("--kms-key");
        }
        if (roleArn != null) {
            given.add("--role-arn");
        }
        if (externalId != null) {
            given.add("--external-id");
        }
        if (managedNotifications != null) {
            given.add("--managed-notifications");
        }
        return given;
    }

    /** Asks a person for the name if none is given. */
    void askForName(SourceInterview interview) throws IOException {
        if (name == null) {
            name = interview.name();
        }
    }

    String name(String otherwise) {
        return name == null ? otherwise : name.strip();
    }

    List<String> logTypes(LogTypeChoice choice) {
        return logTypes.stream().map(choice::require).toList();
    }

    String logStream(String otherwise) {
        if (logStreams.isEmpty()) {
            return otherwise;
        }
        String stream = logStreams.get(0);
        checkLogStream(stream);
        return stream;
    }

    int dropOffMinutes(int otherwise) {
        return dropOffMinutes == null ? otherwise : dropOffMinutes;
    }

    List<String> destinations(List<String> otherwise) {
        return destinations == null ? otherwise : given(destinations);
    }

    private static void checkLogStream(String stream) {
        if (!LogStreams.exists(stream)) {
            throw new WrongUsageException(
                    "there is no log stream \""
                            + stream
                            + "\"; expected one of "
                            + LogStreams.names());
        }
    }

    /**
     * Takes the given fields over.
     *
     * @throws WrongUsageException if log types, prefixes or log streams do not fit
     */
    void applyTo(SourceDraft draft, LogTypeChoice choice) {
        draft.name = name == null ? draft.name : name.strip();
        draft.bucket = bucket == null ? draft.bucket : bucket;
        draft.excludedPrefixes = excluded == null ? draft.excludedPrefixes : given(excluded);
        draft.kmsKeyArn = kmsKey == null ? draft.kmsKeyArn : kmsKey;
        draft.roleArn = roleArn == null ? draft.roleArn : roleArn;
        draft.externalId = externalId == null ? draft.externalId : externalId;
        draft.dropOffMinutes = dropOffMinutes == null ? draft.dropOffMinutes : dropOffMinutes;
        draft.destinations = destinations == null ? draft.destinations : given(destinations);
        draft.managedNotifications =
                managedNotifications == null ? draft.managedNotifications : managedNotifications;
        applyPrefixes(draft, choice);
        for (String logStream : logStreams) {
            applyLogStream(logStream, draft);
        }
    }

    /** An empty value empties the list. */
    private static List<String> given(List<String> values) {
        return values.stream().filter(value -> !value.isEmpty()).toList();
    }

    private void applyPrefixes(SourceDraft draft, LogTypeChoice choice) {
        List<String> named = logTypes.stream().map(choice::require).toList();
        if (!prefixes.isEmpty()) {
            List<PrefixLogTypes> entries = new ArrayList<>();
            for (String prefix : prefixes) {
                entries.add(entry(prefix, named, choice));
            }
            draft.prefixLogTypes = entries;
            return;
        }
        if (named.isEmpty()) {
            return;
        }
        if (draft.prefixLogTypes.size() > 1) {
            throw new WrongUsageException(
                    "the log source has several prefixes; give each with its log types, such as"
                            + " --prefix AWSLogs/=AWS.CloudTrail");
        }
        String prefix =
                draft.prefixLogTypes.isEmpty()
                        ? WHOLE_BUCKET
                        : draft.prefixLogTypes.get(0).prefix();
        draft.prefixLogTypes = new ArrayList<>(List.of(entry(prefix, named)));
    }

    private static PrefixLogTypes entry(String given, List<String> named, LogTypeChoice choice) {
        int equals = given.lastIndexOf('=');
        if (equals < 0 && named.isEmpty()) {
            LogSourceRules.checkPrefix("prefix", given);
            throw new WrongUsageException(
                    "prefix \"" + given + "\" has no log type; give --prefix " + given + "=TYPE");
        }
        if (equals < 0) {
            return entry(given, named);
        }
        List<String> types = new ArrayList<>();
        for (String type : given.substring(equals + 1).split(",", -1)) {
            types.add(choice.require(type.strip()));
        }
        return entry(given.substring(0, equals), types);
    }

    static PrefixLogTypes entry(String prefix, List<String> types) {
        try {
            return new PrefixLogTypes(prefix, types, ANY_STREAM);
        } catch (IllegalArgumentException e) {
            throw new WrongUsageException(String.valueOf(e.getMessage()));
        }
    }

    private static void applyLogStream(String given, SourceDraft draft) {
        int equals = given.lastIndexOf('=');
        String stream = given.substring(equals + 1);
        checkLogStream(stream);
        boolean found = false;
        for (int i = 0; i < draft.prefixLogTypes.size(); i++) {
            PrefixLogTypes entry = draft.prefixLogTypes.get(i);
            if (equals < 0 || entry.prefix().equals(given.substring(0, equals))) {
                draft.prefixLogTypes.set(
                        i, new PrefixLogTypes(entry.prefix(), entry.logTypes(), stream));
                found = true;
            }
        }
        if (!found && equals >= 0) {
            throw new WrongUsageException(
                    "--log-stream names a prefix that the log source has not: \""
                            + given.substring(0, equals)
                            + "\"; expected one of "
                            + draft.prefixLogTypes.stream().map(PrefixLogTypes::prefix).toList());
        }
    }
}
