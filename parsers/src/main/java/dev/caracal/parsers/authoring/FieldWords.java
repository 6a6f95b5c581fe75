package dev.caracal.parsers.authoring;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words in a field's name, in lower case: {@code create} and {@code at} in {@code createAt}.
 */
record FieldWords(List<String> words) {

    private static final Pattern BETWEEN_WORDS =
            Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private static final Set<String> TIME =
            Set.of(
                    "time",
                    "timestamp",
                    "datetime",
                    "date",
                    "ts",
                    "epoch",
                    "unix",
                    "when",
                    "created",
                    "updated",
                    "modified",
                    "published",
                    "occurred",
                    "received",
                    "seen",
                    "start",
                    "started",
                    "end",
                    "ended",
                    "expires",
                    "expiry",
                    "expiration");

    private static final Set<String> IDENTIFIER =
            Set.of("id", "version", "code", "number", "serial", "zip", "phone", "key", "token");

    private static final Set<String> HOST =
            Set.of("host", "hostname", "domain", "fqdn", "dns", "server");

    FieldWords {
        words = List.copyOf(words);
    }

    static FieldWords of(String name) {
        return new FieldWords(
                BETWEEN_WORDS
                        .splitAsStream(name)
                        .filter(word -> !word.isEmpty())
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .toList());
    }

    boolean nameTime() {
        return hasAny(TIME) || last().equals("at") || endsWith("time") || endsWith("date");
    }

    /** Whether text that looks like a number is none: what is counted has another name. */
    boolean nameIdentifier() {
        return IDENTIFIER.contains(last());
    }

    boolean nameHost() {
        return hasAny(HOST) || endsWith("host") || endsWith("domain") || endsWith("hostname");
    }

    boolean nameAccount() {
        return hasAny(Set.of("account", "accountid", "accounts"));
    }

    boolean nameTrace() {
        return hasAny(Set.of("trace", "traceid"));
    }

    boolean nameUser() {
        return hasAny(Set.of("username", "login"))
                || Collections.indexOfSubList(words, List.of("user", "name")) >= 0;
    }

    private boolean hasAny(Set<String> some) {
        return words.stream().anyMatch(some::contains);
    }

    private boolean endsWith(String end) {
        return last().endsWith(end);
    }

    private String last() {
        return words.isEmpty() ? "" : words.get(words.size() - 1);
    }
}
