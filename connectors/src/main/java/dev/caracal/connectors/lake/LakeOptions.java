package dev.caracal.connectors.lake;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;

/** Options of the data lake. */
public final class LakeOptions {

    public static final ConfigOption<String> WAREHOUSE =
            key("lake.warehouse")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Folder or s3://bucket/prefix that holds the lake's tables; without it"
                                    + " there is no lake.");

    public static final ConfigOption<CatalogType> CATALOG =
            key("lake.catalog")
                    .enumType(CatalogType.class)
                    .defaultValue(CatalogType.JDBC)
                    .withDescription("Who keeps the list of the tables.");

    public static final ConfigOption<String> CATALOG_URI =
            key("lake.catalog.uri")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "JDBC URL of the catalog's database, or URL of the REST catalog."
                                    + " Default: a SQLite file in the warehouse, if that is a"
                                    + " folder.");

    public static final ConfigOption<Map<String, String>> CATALOG_PROPERTIES =
            key("lake.catalog.properties")
                    .mapType()
                    .defaultValue(Map.of())
                    .withDescription(
                            "More properties of Iceberg's catalog, such as"
                                    + " credential:'id:secret' for REST; what has a colon or a"
                                    + " comma stands in quotes.");

    public static final ConfigOption<String> NAMESPACE =
            key("lake.namespace")
                    .stringType()
                    .defaultValue("caracal")
                    .withDescription(
                            "Namespace of the tables; with Glue the name of the database.");

    public static final ConfigOption<Duration> MAX_EVENT_AGE =
            key("lake.max-event-age")
                    .durationType()
                    .defaultValue(Duration.ofDays(365))
                    .withDescription(
                            "An event that is older when it is parsed, or more than a day in the"
                                    + " future, lies in the partition of its parse time.");

    public static final ConfigOption<Duration> UPKEEP_INTERVAL =
            key("lake.upkeep-interval")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(10))
                    .withDescription(
                            "How often small files are put together and what is no longer needed is"
                                    + " removed; 0 for never.");

    public static final ConfigOption<Duration> SNAPSHOT_AGE =
            key("lake.snapshot-age")
                    .durationType()
                    .defaultValue(Duration.ofDays(3))
                    .withDescription(
                            "How long a table's earlier states can be read, and its replaced files"
                                    + " stay.");

    public static final ConfigOption<Map<String, String>> RETENTION =
            key("lake.retention")
                    .mapType()
                    .defaultValue(Map.of())
                    .withDescription(
                            "How long rows are kept, by table or * for the others, such as"
                                    + " *:400 d,aws_vpcflow:30 d. Default: for ever.");

    private static final List<ConfigOption<?>> ALL =
            List.of(
                    WAREHOUSE,
                    CATALOG,
                    CATALOG_URI,
                    CATALOG_PROPERTIES,
                    NAMESPACE,
                    MAX_EVENT_AGE,
                    UPKEEP_INTERVAL,
                    SNAPSHOT_AGE,
                    RETENTION);

    private LakeOptions() {}

    /** Every option of the lake. */
    public static List<ConfigOption<?>> all() {
        return ALL;
    }
}
