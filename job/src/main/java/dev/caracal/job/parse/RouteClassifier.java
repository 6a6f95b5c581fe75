package dev.caracal.job.parse;

import dev.caracal.job.schema.UserLogTypes;
import dev.caracal.parsers.Classification;
import dev.caracal.parsers.Classification.Reason;
import dev.caracal.parsers.Classification.Rejected;
import dev.caracal.parsers.Classifier;
import dev.caracal.parsers.LogType;
import dev.caracal.parsers.LogTypes;
import dev.caracal.parsers.RecordContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Classifies the records of one route, of whose log types some may not exist. */
final class RouteClassifier {

    private final Route route;

    /** Empty if none of the route's log types exists. */
    private final Optional<Classifier> classifier;

    private final List<String> unknown = new ArrayList<>();

    RouteClassifier(Route route, UserLogTypes userLogTypes) {
        this.route = route;
        List<LogType> candidates = new ArrayList<>();
        for (String name : route.logTypes()) {
            Optional<LogType> logType =
                    LogTypes.builtin().find(name).or(() -> userLogTypes.find(name));
            logType.ifPresentOrElse(candidates::add, () -> unknown.add(name));
        }
        this.classifier =
                candidates.isEmpty() ? Optional.empty() : Optional.of(new Classifier(candidates));
    }

    Route route() {
        return route;
    }

    /** Log types that do not exist. */
    List<String> unknown() {
        return unknown;
    }

    void restoreLastLogType(String logType) {
        classifier.ifPresent(existing -> existing.restoreLastLogType(logType));
    }

    String lastLogType() {
        return classifier.map(Classifier::lastLogType).orElse("");
    }

    Classification classify(byte[] buffer, int offset, int length, RecordContext context) {
        Classification classification =
                classifier.isEmpty()
                        ? new Rejected(List.of())
                        : classifier.get().classify(buffer, offset, length, context);
        if (classification instanceof Rejected rejected && !unknown.isEmpty()) {
            List<Reason> reasons = new ArrayList<>(rejected.reasons());
            unknown.forEach(name -> reasons.add(new Reason(name, "there is no such log type")));
            return new Rejected(reasons);
        }
        return classification;
    }
}
