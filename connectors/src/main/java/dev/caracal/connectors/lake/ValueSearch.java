package dev.caracal.connectors.lake;

import java.io.IOException;
import java.util.Set;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.shaded.org.apache.parquet.column.statistics.Statistics;
import org.apache.iceberg.shaded.org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.iceberg.shaded.org.apache.parquet.io.api.Binary;

/**
 * Tells which Parquet files cannot hold a text in certain columns, by statistics and bloom filters
 * alone. Neither Iceberg nor DuckDB uses these for the elements of lists.
 *
 * @param columns lists of text
 */
record ValueSearch(Set<String> columns, String value) {

    ValueSearch {
        columns = Set.copyOf(columns);
    }

    /** False if the file surely lacks the value; true also for some that do. */
    boolean mayBeIn(InputFile file) throws IOException {
        Binary wanted = Binary.fromString(value);
        try (ParquetFileReader reader = ParquetFileReader.open(new ParquetInput(file))) {
            for (BlockMetaData rows : reader.getRowGroups()) {
                for (ColumnChunkMetaData column : rows.getColumns()) {
                    if (columns.contains(column.getPath().toArray()[0])
                            && mayBeIn(reader, column, wanted)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean mayBeIn(
            ParquetFileReader reader, ColumnChunkMetaData column, Binary wanted)
            throws IOException {
        @SuppressWarnings("unchecked") // the columns are texts
        Statistics<Binary> statistics = (Statistics<Binary>) column.getStatistics();
        if (statistics.isNumNullsSet() && statistics.getNumNulls() == column.getValueCount()) {
            return false;
        }
        if (statistics.hasNonNullValue()
                && (statistics.compareMinToValue(wanted) > 0
                        || statistics.compareMaxToValue(wanted) < 0)) {
            return false;
        }
        BloomFilter filter = reader.readBloomFilter(column);
        return filter == null || filter.findHash(filter.hash(wanted));
    }
}
