package dev.caracal.connectors.lake;

/** Who keeps the list of the lake's tables and their current metadata. */
public enum CatalogType {
    /** A database, by default a SQLite file in the warehouse. */
    JDBC,
    /** The AWS Glue Data Catalog. */
    GLUE,
    /** A service that speaks Iceberg's REST catalog protocol. */
    REST
}
