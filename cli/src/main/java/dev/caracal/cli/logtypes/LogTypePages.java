package dev.caracal.cli.logtypes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The reference of log types: a page in Markdown for each, and an index. */
final class LogTypePages {

    private static final String GENERATED =
            "\n<!-- Written by `caracal log-types --format markdown`, from the schemas. -->\n";

    private LogTypePages() {}

    /** The pages by file name. */
    static Map<String, String> of(List<LogTypeDescription> logTypes) {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("README.md", index(logTypes));
        logTypes.forEach(logType -> pages.put(logType.name() + ".md", page(logType)));
        return pages;
    }

    private static String index(List<LogTypeDescription> logTypes) {
        StringBuilder out = new StringBuilder("# Built-in log types\n").append(GENERATED);
        out.append("\nWhat all events have in common is in [log-types.md](../log-types.md).\n\n");
        out.append("| vendor | log type | records | description |\n|---|---|---|---|\n");
        String vendor = "";
        for (LogTypeDescription logType : logTypes) {
            String name = logType.name();
            List<String> cells = new ArrayList<>();
            cells.add(logType.vendor().equals(vendor) ? "" : logType.vendor());
            cells.add("[" + name + "](" + name + ".md)");
            cells.add(logType.format().toString());
            cells.add(logType.description());
            out.append(FieldTable.line(cells));
            vendor = logType.vendor();
        }
        return out.toString();
    }

    private static String page(LogTypeDescription logType) {
        StringBuilder out = new StringBuilder("# " + logType.name() + '\n').append(GENERATED);
        out.append('\n').append(logType.description()).append("\n\n");
        if (!logType.referenceUrl().isEmpty()) {
            out.append("- Reference: <").append(logType.referenceUrl()).append(">\n");
        }
        out.append("- Records: ").append(logType.format()).append('\n');
        out.append("- Event time: ")
                .append(
                        logType.eventTime()
                                .map(field -> '`' + field + '`')
                                .orElseGet(logType::shownEventTime))
                .append('\n');
        out.append("- Told apart by: ").append(logType.toldApartBy()).append("\n\n");
        return out.append(new FieldTable(FieldRow.of(logType.fields())).markdown()).toString();
    }
}
