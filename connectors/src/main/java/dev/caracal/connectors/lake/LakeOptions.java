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
                            "More properties of Iceberg's catalog, such as credential:id:secret"
                                    + " for REST.");

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

    private static final List<ConfigOption<?>> ALL =
            List.of(WAREHOUSE, CATALOG, CATALOG_URI, CATALOG_PROPERTIES, NAMESPACE, MAX_EVENT_AGE);

    private LakeOptions() {}

    /** Every option of the lake. */
    public static List<ConfigOption<?>> all() {
        return ALL;
    }
}
