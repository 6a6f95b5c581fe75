package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.format.CsvRecordParser;
import dev.caracal.parsers.format.EventBuilder;
import dev.caracal.parsers.format.FastmatchRecordParser;
import dev.caracal.parsers.format.JsonRecordParser;
import dev.caracal.parsers.format.RecordParser;
import dev.caracal.parsers.format.RegexRecordParser;
import dev.caracal.parsers.schema.ParserSpec;
import dev.caracal.parsers.schema.Schema;
import java.util.Map;
import java.util.TreeSet;

/** Makes the parser that a schema asks for. */
public final class RecordParsers {

    private interface Constructor {
        RecordParser create(Schema schema, EventBuilder builder);
    }

    /** What {@code parser: native} can name. */
    private static final Map<String, Constructor> NATIVE =
            Map.ofEntries(
                    Map.entry("AWS.ALB", AlbParser::new),
                    Map.entry("AWS.AuroraMySQLAudit", AuroraMySqlAuditParser::new),
                    Map.entry("AWS.CloudTrail", CloudTrailParser::new),
                    Map.entry("AWS.S3ServerAccess", S3ServerAccessParser::new),
                    Map.entry("AWS.VPCFlow", VpcFlowParser::new),
                    Map.entry("Apache.AccessCombined", ApacheAccessParser::combined),
                    Map.entry("Apache.AccessCommon", ApacheAccessParser::common),
                    Map.entry("CiscoUmbrella.CloudFirewall", CiscoUmbrellaParser::cloudFirewall),
                    Map.entry("CiscoUmbrella.DNS", CiscoUmbrellaParser::dns),
                    Map.entry("CiscoUmbrella.IP", CiscoUmbrellaParser::ip),
                    Map.entry("CiscoUmbrella.Proxy", CiscoUmbrellaParser::proxy),
                    Map.entry("Fastly.Access", ApacheAccessParser::common),
                    Map.entry("Juniper.Access", JuniperAccessParser::new),
                    Map.entry("Juniper.Audit", JuniperAuditParser::new),
                    Map.entry("Juniper.Firewall", JuniperFirewallParser::new),
                    Map.entry("Juniper.MWS", JuniperMwsParser::new),
                    Map.entry("Juniper.Postgres", JuniperPostgresParser::new),
                    Map.entry("Juniper.Security", JuniperSecurityParser::new),
                    Map.entry("Nginx.Access", NginxAccessParser::new),
                    Map.entry("Syslog.RFC3164", SyslogRfc3164Parser::new),
                    Map.entry("Syslog.RFC5424", SyslogRfc5424Parser::new));

    private RecordParsers() {}

    /**
     * Refuses a schema whose parser does not exist.
     *
     * @throws IllegalArgumentException if so
     */
    public static void check(Schema schema) {
        if (schema.parser() instanceof ParserSpec.Native spec && !NATIVE.containsKey(spec.name())) {
            throw new IllegalArgumentException(
                    "Schema "
                            + schema.name()
                            + ": no native parser '"
                            + spec.name()
                            + "', expected one of "
                            + new TreeSet<>(NATIVE.keySet()));
        }
    }

    public static RecordParser create(Schema schema, EventBuilder builder) {
        check(schema);
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
