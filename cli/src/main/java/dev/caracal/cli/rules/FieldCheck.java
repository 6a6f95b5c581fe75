package dev.caracal.cli.rules;

import dev.caracal.parsers.LogType;
import dev.caracal.rules.DataModel;
import dev.caracal.rules.FieldRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the places of a rule that read what none of its log types has. */
final class FieldCheck {

    private final List<DataModel> dataModels;
    private final SeenFields seen;

    /**
     * @param seen fields of logs, which may be there although no schema lists them
     */
    FieldCheck(List<DataModel> dataModels, SeenFields seen) {
        this.seen = seen;
        this.dataModels = dataModels.stream().filter(DataModel::enabled).toList();
    }

    /**
     * @param logTypes of the rule
     */
    List<Finding> check(List<FieldRead> reads, List<LogType> logTypes) {
        List<EventFields> events = logTypes.stream().map(EventFields::new).toList();
        return reads.stream()
                .flatMap(
                        read ->
                                switch (read.kind()) {
                                    case FIELD -> field(read, events).stream();
                                    case DATA_MODEL -> name(read, logTypes).stream();
                                })
                .distinct()
                .toList();
    }

    private Optional<Finding> field(FieldRead read, List<EventFields> events) {
        var unknowns = new ArrayList<EventFields.Unknown>();
        for (EventFields event : events) {
            Optional<EventFields.Unknown> unknown = event.unknown(read.keys());
            if (unknown.isEmpty() || isSeen(event, unknown.get())) {
                return Optional.empty();
            }
            unknowns.add(unknown.get());
        }
        EventFields.Unknown first = unknowns.get(0);
        String field = String.join(".", first.keys()).replace(".[]", "[]");
        String suggestion =
                first.closest().map(closest -> ", did you mean " + closest + "?").orElse("");
        return Optional.of(
                Finding.warning(
                        read.path(),
                        read.line(),
                        has(events.stream().map(EventFields::logType).toList())
                                + " no field "
                                + field
                                + suggestion));
    }

    /** A name that is close to one of the schema is a typing error in the tests, too. */
    private boolean isSeen(EventFields event, EventFields.Unknown unknown) {
        return unknown.closest().isEmpty() && seen.has(event.logType().name(), unknown.keys());
    }

    private static String has(List<LogType> logTypes) {
        if (logTypes.size() == 1) {
            return logTypes.get(0).name() + " has";
        }
        return logTypes.stream().map(LogType::name).collect(Collectors.joining(", ")) + " have";
    }

    private Optional<Finding> name(FieldRead read, List<LogType> logTypes) {
        String name = read.keys().get(0);
        boolean isThere =
                logTypes.stream()
                        .flatMap(logType -> models(logType.name()).stream())
                        .flatMap(model -> model.mappings().stream())
                        .anyMatch(mapping -> mapping.name().equals(name));
        if (isThere) {
            return Optional.empty();
        }
        return Optional.of(
                Finding.warning(
                        read.path(),
                        read.line(),
                        "no data model of "
                                + logTypes.stream()
                                        .map(LogType::name)
                                        .collect(Collectors.joining(", "))
                                + " has a mapping "
                                + name));
    }

    private List<DataModel> models(String logType) {
        return dataModels.stream().filter(model -> model.logTypes().contains(logType)).toList();
    }
}
