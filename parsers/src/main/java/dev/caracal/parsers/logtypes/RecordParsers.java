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
                    entry("AWS.ALB", AlbParser::new),
                    entry("AWS.AuroraMySQLAudit", AuroraMySqlAuditParser::new),
                    entry("AWS.CloudTrail", CloudTrailParser::new),
                    entry("AWS.S3ServerAccess", S3ServerAccessParser::new),
                    entry("AWS.VPCFlow", VpcFlowParser::new),
                    entry("Apache.AccessCombined", ApacheAccessParser::combined),
                    entry("Apache.AccessCommon", ApacheAccessParser::common),
                    entry("CiscoUmbrella.CloudFirewall", CiscoUmbrellaParser::cloudFirewall),
                    entry("CiscoUmbrella.DNS", CiscoUmbrellaParser::dns),
                    entry("CiscoUmbrella.IP", CiscoUmbrellaParser::ip),
                    entry("CiscoUmbrella.Proxy", CiscoUmbrellaParser::proxy),
                    entry("Fastly.Access", ApacheAccessParser::common),
                    entry("Juniper.Access", JuniperAccessParser::new),
                    entry("Juniper.Audit", JuniperAuditParser::new),
                    entry("Juniper.Firewall", JuniperFirewallParser::new),
                    entry("Juniper.MWS", JuniperMwsParser::new),
                    entry("Juniper.Postgres", JuniperPostgresParser::new),
                    entry("Juniper.Security", JuniperSecurityParser::new),
                    entry("Nginx.Access", NginxAccessParser::new),
                    entry("Syslog.RFC3164", SyslogRfc3164Parser::new),
                    entry("Syslog.RFC5424", SyslogRfc5424Parser::new));

    private static Map.Entry<String, Constructor> entry(String name, Constructor constructor) {
        return Map.entry(name, constructor);
    }

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
