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
        long count = alert.eventCount() + 1;
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
                        with(alert.logTypes(), match.logType(), Integer.MAX_VALUE),
                        count,
                        Math.min(alert.firstMatchTimeMillis(), nowMillis),
                        Math.max(alert.lastMatchTimeMillis(), nowMillis),
                        count == current.threshold() ? nowMillis : alert.creationTimeMillis(),
                        nowMillis,
                        alert.context(),
                        with(alert.rowIds(), match.rowId(), MAX_ROW_IDS),
                        alert.event()),
                current.threshold(),
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
                nowMillis + Duration.ofMinutes(match.dedupPeriodMinutes()).toMillis());
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
