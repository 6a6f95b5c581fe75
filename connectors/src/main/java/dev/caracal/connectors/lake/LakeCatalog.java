package dev.caracal.connectors.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/** Opens the catalog of a lake; travels to the tasks. */
public final class LakeCatalog implements CatalogLoader {

    private static final long serialVersionUID = 1L;

    /** Where the tables of a JDBC catalog are made by whoever comes first. */
    private static final Object INITIALIZATION = new Object();

    private static final int ATTEMPTS = 5;

    private static final String SQLITE = "jdbc:sqlite:";

    private final LakeSettings settings;

    public LakeCatalog(LakeSettings settings) {
        this.settings = settings;
    }

    /** The table of that name in the lake's namespace. */
    public TableIdentifier table(String name) {
        return TableIdentifier.of(Namespace.of(settings.namespace()), name);
    }

    /** For those who change tables; see {@link FutureTables}. */
    @Override
    public Catalog loadCatalog() {
        return new FutureTables(Clock.systemUTC()).changeable(loadForReading());
    }

    /** For those who change nothing. */
    public Catalog loadForReading() {
        Map<String, String> properties = properties();
        synchronized (INITIALIZATION) {
            if (settings.catalog() == CatalogType.JDBC && !settings.isS3()) {
                createFolder(Path.of(settings.warehouse()));
            }
            if (settings.uri().startsWith(SQLITE)) {
                loadDriver();
            }
            for (int attempt = 1; ; attempt++) {
                try {
                    Catalog catalog =
                            CatalogUtil.loadCatalog(implementation(), "caracal", properties, null);
                    createNamespace((SupportsNamespaces) catalog);
                    return catalog;
                } catch (UncheckedSQLException e) {
                    // Another process may have made the same table between the check and ours.
                    if (attempt == ATTEMPTS) {
                        throw e;
                    }
                }
            }
        }
    }

    private String implementation() {
        return switch (settings.catalog()) {
            case JDBC -> "org.apache.iceberg.jdbc.JdbcCatalog";
            case GLUE -> "org.apache.iceberg.aws.glue.GlueCatalog";
            case REST -> "org.apache.iceberg.rest.RESTCatalog";
        };
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>(settings.aws().options());
        properties.put(CatalogProperties.WAREHOUSE_LOCATION, settings.warehouse());
        if (settings.isS3()) {
            properties.put(CatalogProperties.FILE_IO_IMPL, "org.apache.iceberg.aws.s3.S3FileIO");
            properties.put("s3.client-factory-impl", LakeS3Clients.class.getName());
        } else {
            properties.put(CatalogProperties.FILE_IO_IMPL, FolderFileIO.class.getName());
        }
        if (!settings.uri().isEmpty()) {
            properties.put(CatalogProperties.URI, uri());
        }
        if (!settings.aws().region().isEmpty()) {
            properties.put("client.region", settings.aws().region());
        }
        properties.put("jdbc.schema-version", "V1");
        properties.putAll(settings.properties());
        return properties;
    }

    /** SQLite lets one write at a time; the others wait instead of failing at once. */
    private String uri() {
        String uri = settings.uri();
        return uri.startsWith(SQLITE) && !uri.contains("?")
                ? uri + "?busy_timeout=60000&journal_mode=WAL&synchronous=NORMAL"
                : uri;
    }

    /**
     * On a cluster JDBC does not look for drivers in the job's jar, but takes one that is loaded.
     */
    private static void loadDriver() {
        try {
            Class.forName("org.sqlite.JDBC");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("SQLite's driver is not on the class path", e);
        }
    }

    private void createNamespace(SupportsNamespaces catalog) {
        Namespace namespace = Namespace.of(settings.namespace());
        if (catalog.namespaceExists(namespace)) {
            return;
        }
        try {
            catalog.createNamespace(namespace);
        } catch (AlreadyExistsException e) {
            // Made by another task meanwhile.
        }
    }

    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create the warehouse " + folder, e);
        }
    }

    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod") // as Iceberg's own loaders do
    public CatalogLoader clone() {
        return new LakeCatalog(settings);
    }
}
