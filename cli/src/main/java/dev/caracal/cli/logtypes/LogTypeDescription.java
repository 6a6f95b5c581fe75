package dev.caracal.cli.logtypes;

import dev.caracal.parsers.LogType;
import dev.caracal.parsers.schema.Field;
import dev.caracal.parsers.schema.FieldType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What people want to know of a log type.
 *
 * @param description one line
 * @param referenceUrl empty if there is none
 * @param eventTime path of the field that says when an event happened, if there is one
 * @param required names of the fields that a record must have
 * @param allowed of the fields with a list of values, name and values
 */
record LogTypeDescription(
        String name,
        String description,
        String referenceUrl,
        RecordFormat format,
        Optional<String> eventTime,
        List<String> required,
        List<String> allowed,
        List<Field> fields) {

    LogTypeDescription {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(description, "description is null");
        Objects.requireNonNull(referenceUrl, "referenceUrl is null");
        required = List.copyOf(required);
        allowed = List.copyOf(allowed);
        fields = List.copyOf(fields);
    }

    static LogTypeDescription of(LogType logType) {
        List<Field> fields = logType.schema().fields();
        return new LogTypeDescription(
                logType.name(),
                logType.description().strip().replaceAll("\\s+", " "),
                logType.referenceUrl(),
                RecordFormat.of(logType),
                eventTime(fields, ""),
                fields.stream().filter(Field::required).map(Field::name).toList(),
                fields.stream().flatMap(LogTypeDescription::allowed).toList(),
                fields);
    }

    /** What comes before the first dot. */
    String vendor() {
        return name.substring(0, (name + '.').indexOf('.'));
    }

    String shownEventTime() {
        return eventTime.orElse("no time of its own: p_event_time is the time of parsing");
    }

    /** How a record is told to be of this log type. */
    String toldApartBy() {
        String names = String.join(", ", required);
        String text =
                Stream.concat(
                                required.isEmpty() ? Stream.of() : Stream.of("required " + names),
                                allowed.stream())
                        .collect(Collectors.joining("; "));
        return text.isEmpty() ? "the form of its records alone" : text;
    }

    private static Optional<String> eventTime(List<Field> fields, String prefix) {
        for (Field field : fields) {
            String path = prefix + field.name();
            if (field.type() instanceof FieldType.TimestampType type && type.isEventTime()) {
                return Optional.of(path);
            }
            if (field.type() instanceof FieldType.ObjectType type) {
                Optional<String> inner = eventTime(type.fields(), path + '.');
                if (inner.isPresent()) {
                    return inner;
                }
            }
        }
        return Optional.empty();
    }

    private static Stream<String> allowed(Field field) {
        if (!(field.type() instanceof FieldType.StringType type)
                || type.validation().allow().isEmpty()) {
            return Stream.of();
        }
        String values = String.join(", ", new TreeSet<>(type.validation().allow()));
        return Stream.of(field.name() + " is one of " + values);
    }
}
