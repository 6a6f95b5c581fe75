package dev.caracal.cli.search;

import dev.caracal.cli.ClosestName;
import dev.caracal.cli.WrongUsageException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.types.Types;

/** Says what is wrong with a query in the words of the lake. */
final class SqlFailure {

    private static final Pattern TABLE = Pattern.compile("Table with name (\\S+) does not exist");
    private static final Pattern COLUMN =
            Pattern.compile(
                    "Referenced (?:column|table) \"([^\"]+)\" not found"
                            + "|does not have a column named \"([^\"]+)\"");
    private static final Pattern MEMBER =
            Pattern.compile(
                    "Could not find key \"([^\"]+)\" in struct\\s+Candidate Entries: ([^\\n]*)");

    private SqlFailure() {}

    /** The query's failure, as far as it is the query's fault. */
    static WrongUsageException explain(SQLException failure, LakeViews views) {
        String message = String.valueOf(failure.getMessage());
        Matcher table = TABLE.matcher(message);
        if (table.find()) {
            return unknown(
                    "no table " + table.group(1),
                    table.group(1),
                    Stream.concat(views.tables().stream(), Stream.of(LakeViews.ALL_LOGS)).toList(),
                    "caracal search tables");
        }
        Matcher column = COLUMN.matcher(message);
        if (column.find()) {
            String name = column.group(1) == null ? column.group(2) : column.group(1);
            String tables = String.join(", ", views.contents().keySet());
            return unknown(
                    "no column " + name + (tables.isEmpty() ? "" : " in " + tables),
                    name,
                    columns(views),
                    "caracal search columns TABLE");
        }
        Matcher member = MEMBER.matcher(message);
        if (member.find()) {
            List<String> candidates = List.of(member.group(2).replace("\"", "").split(", "));
            return unknown(
                    "no member " + member.group(1),
                    member.group(1),
                    candidates,
                    "caracal search columns TABLE");
        }
        return new WrongUsageException(message.replaceFirst("(?s)^.*?Error: (?=\\w+ Error: )", ""));
    }

    private static List<String> columns(LakeViews views) {
        return views.contents().values().stream()
                .flatMap(content -> content.schema().columns().stream())
                .map(Types.NestedField::name)
                .distinct()
                .toList();
    }

    private static WrongUsageException unknown(
            String what, String name, Collection<String> candidates, String list) {
        Optional<String> closest = ClosestName.of(name, candidates);
        return new WrongUsageException(
                what
                        + closest.map(meant -> "; did you mean " + meant + "?").orElse("")
                        + " `"
                        + list
                        + "` lists all");
    }
}
