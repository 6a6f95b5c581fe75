package dev.caracal.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * Groups matches into alerts: one for each rule, dedup string and dedup period. A period begins
 * with its first match and has a fixed length; a match after its end begins the next one, which
 * takes nothing over.
 */
public final class AlertGrouping {

    /** Row ids that an alert keeps. */
    public static final int MAX_ROW_IDS = 100;

    private AlertGrouping() {}

    /** The key under which matches are grouped; rule errors never share one with matches. */
    public static String key(Match match) {
        return match.ruleId() + (match.error() ? "\0error\0" : "\0match\0") + match.dedup();
    }

    /**
     * The alert that a period's first match opens, with that match alone.
     *
     * @param nowMillis processing time, or event time in a replay
     */
    public static Alert open(Alert.Type type, Match match, long nowMillis) {
        return new Alert(
                alertId(type, match),
                match.ruleId(),
                match.ruleVersion(),
                type,
                match.severity(),
                match.title(),
                match.dedup(),
                match.description(),
                match.runbook(),
                match.reference(),
                match.tags(),
                match.reports(),
                match.destinations(),
                match.logType().isEmpty() ? List.of() : List.of(match.logType()),
                1,
                nowMillis,
                nowMillis,
                nowMillis,
                nowMillis,
                match.alertContext(),
                List.of(match.rowId()),
                match.event());
    }

    /** The period of an alert that its first match has opened. Rule errors know no threshold. */
    public static AlertPeriod begin(Alert opened, Match match) {
        return AlertPeriod.begin(
                opened,
                match.error() ? 1 : match.threshold(),
                Duration.ofMinutes(match.dedupPeriodMinutes()));
    }

    /** The same matches give the same ids, in a replay too. */
    private static String alertId(Alert.Type type, Match match) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : List.of(type.name(), key(match), match.rowId())) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no SHA-256", e);
        }
    }
}
