package dev.caracal.parsers.logtypes;

import java.util.List;
import java.util.Set;

/** The columns of the CiscoUmbrella log types, in order, by the names of their fields. */
final class CiscoUmbrellaColumns {

    /** What a column holds. */
    enum Kind {
        TEXT,
        LIST,

        /** Begins with a number, as in {@code 1 (A)}; this tells the log types apart. */
        NUMBER,

        /** A domain name with a dot at its end. */
        DOMAIN
    }

    static final String TIMESTAMP = "timestamp";

    static final List<String> DNS =
            List.of(
                    TIMESTAMP,
                    "policyIdentity",
                    "identities",
                    "internalIp",
                    "externalIp",
                    "action",
                    "queryType",
                    "responseCode",
                    "domain",
                    "categories",
                    "policyIdentityType",
                    "identityTypes",
                    "blockedCategories",
                    "ruleId",
                    "destinationCountries",
                    "organizationId");

    static final List<String> IP =
            List.of(
                    TIMESTAMP,
                    "identity",
                    "sourceIp",
                    "sourcePort",
                    "destinationIp",
                    "destinationPort",
                    "categories",
                    "identityTypes");

    static final List<String> CLOUD_FIREWALL =
            List.of(
                    TIMESTAMP,
                    "originId",
                    "identity",
                    "identityType",
                    "direction",
                    "ipProtocol",
                    "packetSize",
                    "sourceIp",
                    "sourcePort",
                    "destinationIp",
                    "destinationPort",
                    "dataCenter",
                    "ruleId",
                    "verdict",
                    "fqdns",
                    "destinationListIds");

    /** Proxy logs up to version 4. */
    static final List<String> PROXY =
            List.of(
                    TIMESTAMP,
                    "identity",
                    "identities",
                    "internalIp",
                    "externalIp",
                    "destinationIp",
                    "contentType",
                    "verdict",
                    "url",
                    "referrer",
                    "userAgent",
                    "statusCode",
                    "requestSize",
                    "responseSize",
                    "responseBodySize",
                    "sha",
                    "categories",
                    "avDetections",
                    "puas",
                    "ampDisposition",
                    "ampMalwareName",
                    "ampScore",
                    "identityType",
                    "blockedCategories");

    /** Proxy logs from version 5 on, which Cisco calls web logs. */
    static final List<String> WEB =
            List.of(
                    TIMESTAMP,
                    "identity",
                    "internalIp",
                    "externalIp",
                    "destinationIp",
                    "contentType",
                    "verdict",
                    "url",
                    "referrer",
                    "userAgent",
                    "statusCode",
                    "requestSize",
                    "responseSize",
                    "responseBodySize",
                    "sha",
                    "categories",
                    "avDetections",
                    "puas",
                    "ampDisposition",
                    "ampMalwareName",
                    "ampScore",
                    "identityType",
                    "blockedCategories",
                    "identities",
                    "identityTypes",
                    "requestMethod",
                    "dlpStatus",
                    "certificateErrors",
                    "fileName",
                    "rulesetId",
                    "ruleId",
                    "destinationListIds",
                    "isolateAction",
                    "fileAction",
                    "warnStatus",
                    "forwardingMethod",
                    "producer");

    private static final Set<String> LISTS =
            Set.of(
                    "identities",
                    "identityTypes",
                    "categories",
                    "blockedCategories",
                    "destinationCountries",
                    "fqdns",
                    "destinationListIds",
                    "avDetections",
                    "puas");

    private static final Set<String> NUMBERS = Set.of("queryType", "sourcePort", "destinationPort");

    private CiscoUmbrellaColumns() {}

    static Kind kind(String name) {
        if (LISTS.contains(name)) {
            return Kind.LIST;
        }
        if (NUMBERS.contains(name)) {
            return Kind.NUMBER;
        }
        return name.equals("domain") ? Kind.DOMAIN : Kind.TEXT;
    }
}
