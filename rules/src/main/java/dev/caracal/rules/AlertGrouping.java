package dev.caracal.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
     * Counts a match. {@link AlertPeriod#isNewAlert} of what is returned says whether this match
     * made the alert; later ones update it.
     *
     * @param current the key's period, null if there is none
     * @param nowMillis processing time, or event time in a replay
     */
    public static AlertPeriod add(@Nullable AlertPeriod current, Match match, long nowMillis) {
        if (current == null || nowMillis >= current.endMillis()) {
            return begin(match, nowMillis);
        }
        Alert alert = current.alert();
        boolean counts = !current.isAlert() && !current.uniques().contains(match.unique());
        int counted = current.counted() + (counts ? 1 : 0);
        boolean isNewAlert = counts && counted == current.threshold();
        return new AlertPeriod(
                new Alert(
                        alert.alertId(),
                        alert.ruleId(),
                        alert.ruleVersion(),
                        alert.type(),
                        alert.severity(),
                        alert.title(),
                        alert.dedup(),
                        alert.description(),
                        alert.runbook(),
                        alert.reference(),
                        alert.tags(),
                        alert.reports(),
                        alert.destinations(),
                        with(alert.logTypes(), match.logType(), Integer.MAX_VALUE),
                        alert.eventCount() + 1,
                        Math.min(alert.firstMatchTimeMillis(), nowMillis),
                        Math.max(alert.lastMatchTimeMillis(), nowMillis),
                        isNewAlert ? nowMillis : alert.creationTimeMillis(),
                        nowMillis,
                        alert.context(),
                        with(alert.rowIds(), match.rowId(), MAX_ROW_IDS),
                        alert.event()),
                current.threshold(),
                counted,
                counts && !isNewAlert ? uniques(current.uniques(), match) : current.uniques(),
                isNewAlert,
                current.endMillis());
    }

    private static AlertPeriod begin(Match match, long nowMillis) {
        int threshold = match.error() ? 1 : match.threshold();
        return new AlertPeriod(
                new Alert(
                        alertId(match),
                        match.ruleId(),
                        match.ruleVersion(),
                        match.error() ? Alert.Type.RULE_ERROR : Alert.Type.RULE,
                        match.severity(),
                        match.title(),
                        match.dedup(),
                        match.description(),
                        match.runbook(),
                        match.reference(),
                        match.tags(),
                        match.reports(),
                        match.destinations(),
                        List.of(match.logType()),
                        1,
                        nowMillis,
                        nowMillis,
                        threshold == 1 ? nowMillis : 0,
                        nowMillis,
                        match.alertContext(),
                        List.of(match.rowId()),
                        match.event()),
                threshold,
                1,
                threshold == 1 ? List.of() : uniques(List.of(), match),
                threshold == 1,
                nowMillis + Duration.ofMinutes(match.dedupPeriodMinutes()).toMillis());
    }

    /** A match without a value counts by itself, and leaves none behind. */
    private static List<String> uniques(List<String> before, Match match) {
        return match.unique().isEmpty() ? before : with(before, match.unique(), Integer.MAX_VALUE);
    }

    private static List<String> with(List<String> texts, String text, int most) {
        if (texts.size() >= most || texts.contains(text)) {
            return texts;
        }
        var more = new ArrayList<String>(texts);
        more.add(text);
        return more;
    }

    private static String alertId(Match match) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(key(match).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(match.rowId().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no SHA-256", e);
        }
    }
}
