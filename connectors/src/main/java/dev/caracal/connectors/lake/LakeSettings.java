package dev.caracal.connectors.lake;

import dev.caracal.connectors.aws.AwsSettings;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Where the lake is; travels to the tasks.
 *
 * @param warehouse absolute folder, or {@code s3://bucket/prefix}
 * @param uri of the catalog, empty if its type needs none
 * @param properties more properties of the catalog
 * @param aws with what S3 and Glue are called
 */
public record LakeSettings(
        String warehouse,
        CatalogType catalog,
        String uri,
        String namespace,
        Map<String, String> properties,
        AwsSettings aws)
        implements Serializable {

    public LakeSettings {
        Objects.requireNonNull(warehouse, "warehouse is null");
        Objects.requireNonNull(catalog, "catalog is null");
        Objects.requireNonNull(uri, "uri is null");
        properties = Map.copyOf(properties);
        if (!namespace.matches("[a-z0-9_]+")) {
            throw new IllegalArgumentException(
                    "lake.namespace is "
                            + namespace
                            + ", expected lower-case letters, digits and _");
        }
        if (uri.isEmpty() && catalog != CatalogType.GLUE) {
            throw new IllegalArgumentException(
                    "lake.catalog.uri is missing, which a "
                            + catalog
                            + " catalog needs for the warehouse "
                            + warehouse);
        }
    }

    /**
     * The lake that a configuration asks for, empty if it asks for none.
     *
     * @throws IllegalArgumentException if an option does not fit
     */
    public static Optional<LakeSettings> from(ReadableConfig config) {
        return config.getOptional(LakeOptions.WAREHOUSE)
                .map(warehouse -> of(withoutSlash(warehouse), config));
    }

    private static LakeSettings of(String warehouse, ReadableConfig config) {
        CatalogType catalog = config.get(LakeOptions.CATALOG);
        String location = isS3(warehouse) ? warehouse : folder(warehouse).toString();
        return new LakeSettings(
                location,
                catalog,
                config.getOptional(LakeOptions.CATALOG_URI)
                        .orElse(
                                catalog == CatalogType.JDBC && !isS3(location)
                                        ? "jdbc:sqlite:" + location + "/catalog.db"
                                        : ""),
                config.get(LakeOptions.NAMESPACE),
                config.get(LakeOptions.CATALOG_PROPERTIES),
                AwsSettings.from(config));
    }

    boolean isS3() {
        return isS3(warehouse);
    }

    private static boolean isS3(String warehouse) {
        return warehouse.startsWith("s3://");
    }

    private static Path folder(String warehouse) {
        if (warehouse.contains("://")) {
            throw new IllegalArgumentException(
                    "lake.warehouse is " + warehouse + ", expected a folder or s3://bucket/prefix");
        }
        return Path.of(warehouse).toAbsolutePath().normalize();
    }

    private static String withoutSlash(String text) {
        return text.endsWith("/") && text.length() > 1
                ? text.substring(0, text.length() - 1)
                : text;
    }
}
