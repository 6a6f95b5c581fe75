package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.format.CsvRecordParser;
import dev.caracal.parsers.format.DiscreetRecordParser;
import dev.caracal.parsers.format.EventBuilder;
import dev.caracal.parsers.format.FastmatchRecordParser;
import dev.caracal.parsers.format.JsonRecordParser;
import dev.caracal.parsers.format.RecordParser;
import dev.caracal.parsers.format.RegexRecordParser;
import dev.caracal.parsers.schema.ParserSpec;
import dev.caracal.parsers.schema.Schema;
import dev.caracal.parsers.schema.SchemaException;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Makes the parser that a schema asks for. */
public final class RecordParsers {

    private interface Constructor {
        RecordParser create(Schema schema, EventBuilder builder);
    }

    /** What {@code parser: native} can name. */
    private static final Map<String, Constructor> NATIVE =
            Map.ofEntries(
                    Map.entry("AWS.ALB", AlbParser::new),
                    Map.entry("AWS.CloudTrail", RecordsParser::new),
                    Map.entry("AWS.CloudTrailInsight", RecordsParser::new),
                    Map.entry("AWS.GuardDuty", json(GuardDuty::extend)),
                    Map.entry("AWS.S3ServerAccess", S3ServerAccessParser::new),
                    Map.entry("AWS.VPCDns", json(VpcDns::extend)),
                    Map.entry("AWS.VPCFlow", VpcFlowParser::new),
                    Map.entry(
                            "Crowdstrike.Unknown",
                            json(parser -> parser.copyRecordTo("unknown_payload"))),
                    Map.entry(
                            "Duo.Telephony",
                            json(parser -> EitherField.require(parser, "isotimestamp", "ts"))),
                    Map.entry("GCP.AuditLog", json(GcpAuditLog::extend)),
                    Map.entry(
                            "GitLab.Production",
                            json(parser -> EitherField.require(parser, "action", "etag_route"))),
                    Map.entry("Osquery.Differential", json(OsqueryDifferential::extend)),
                    Map.entry("Suricata.DNS", json(SuricataDns::extend)),
                    Map.entry("Zeek.DNS", json(ZeekDns::extend)));

    /** A parser of JSON records that does more than its schema says. */
    private static Constructor json(Consumer<JsonRecordParser> extension) {
        return (schema, builder) -> {
            JsonRecordParser parser = new JsonRecordParser(schema, builder);
            extension.accept(parser);
            return parser;
        };
    }

    private RecordParsers() {}

    /**
     * Refuses a schema whose parser does not exist.
     *
     * @throws IllegalArgumentException if so
     */
    public static void check(Schema schema) {
        try {
            check("Schema " + schema.name(), schema);
        } catch (SchemaException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Refuses a schema whose parser does not exist.
     *
     * @param file where the schema comes from
     */
    public static void check(String file, Schema schema) throws SchemaException {
        if (schema.parser() instanceof ParserSpec.Native spec && !NATIVE.containsKey(spec.name())) {
            throw new SchemaException(
                    file,
                    spec.line(),
                    "no native parser '"
                            + spec.name()
                            + "', expected one of "
                            + String.join(", ", new TreeSet<>(NATIVE.keySet())));
        }
    }

    public static RecordParser create(Schema schema, EventBuilder builder) {
        check(schema);
        RecordParser parser = parser(schema, builder);
        return schema.isMasked() ? new DiscreetRecordParser(parser) : parser;
    }

    private static RecordParser parser(Schema schema, EventBuilder builder) {
        if (schema.parser() instanceof ParserSpec.Csv spec) {
            return new CsvRecordParser(spec, schema, builder);
        }
        if (schema.parser() instanceof ParserSpec.Fastmatch spec) {
            return new FastmatchRecordParser(spec, schema, builder);
        }
        if (schema.parser() instanceof ParserSpec.Regex spec) {
            return new RegexRecordParser(spec, schema, builder);
        }
        if (schema.parser() instanceof ParserSpec.Native spec) {
            Constructor constructor = NATIVE.get(spec.name());
            if (constructor != null) {
                return constructor.create(schema, builder);
            }
        }
        return new JsonRecordParser(schema, builder);
    }
}
