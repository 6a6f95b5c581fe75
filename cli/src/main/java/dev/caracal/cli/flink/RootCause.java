package dev.caracal.cli.flink;

import java.util.List;
import java.util.regex.Pattern;

/** What a stack trace is about: the message of its innermost cause. */
public final class RootCause {

    private static final String CAUSE = "Caused by: ";

    /** Classes whose name tells a reader nothing that their message does not. */
    private static final Pattern CLASS_NAME =
            Pattern.compile(
                    "^(?:<Exception on server side:)?"
                            + "(?:(?:java\\.lang|java\\.util|java\\.util\\.concurrent|java\\.io"
                            + "|org\\.apache\\.flink[\\w.]*)\\.[A-Z]\\w*: )+");

    private RootCause() {}

    /**
     * @param stackTrace as Java prints it; its first line if it has no causes
     */
    public static String of(String stackTrace) {
        List<String> lines = stackTrace.lines().filter(line -> !line.isBlank()).toList();
        String first =
                lines.stream()
                        .filter(line -> !line.equals("Internal server error."))
                        .findFirst()
                        .orElse("");
        String cause =
                lines.stream()
                        .filter(line -> line.startsWith(CAUSE))
                        .reduce((one, later) -> later)
                        .map(line -> line.substring(CAUSE.length()))
                        .orElse(first);
        return CLASS_NAME.matcher(cause).replaceFirst("");
    }
}
