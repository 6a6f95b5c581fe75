package dev.caracal.job.source;

import java.util.List;

/**
 * The log types of the objects under one prefix of a log source.
 *
 * @param prefix beginning of the object keys, without a leading {@code /}; empty for all
 * @param logTypes at least one log type name, in the order in which they are tried
 * @param logStream name of the log stream that cuts the objects, {@code auto} by default
 */
public record PrefixLogTypes(String prefix, List<String> logTypes, String logStream) {

    public PrefixLogTypes {
        LogSourceRules.checkPrefix("prefix", prefix);
        if (logTypes.isEmpty()) {
            throw new IllegalArgumentException(
                    "logTypes of prefix \"" + prefix + "\" is empty; name at least one log type");
        }
        logTypes = List.copyOf(logTypes);
    }
}
