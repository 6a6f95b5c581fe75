package dev.caracal.connectors.sns;

import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.connector.base.sink.writer.ElementConverter;

/** Makes a buffered message of an element, and sees to those that are too large. */
record SnsElementConverter<T>(SnsSink.Converter<T> converter, SnsSink.Oversize oversize)
        implements ElementConverter<T, SnsEntry> {

    @Override
    public SnsEntry apply(T element, SinkWriter.Context context) {
        SnsEntry entry = SnsEntry.of(converter.convert(element));
        if (entry.sizeInBytes() <= SnsSink.MAX_BYTES) {
            return entry;
        }
        SnsEntry shortened = SnsEntry.of(oversize.shorten(entry.message(), SnsSink.MAX_BYTES));
        if (shortened.sizeInBytes() > SnsSink.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "Message of "
                            + shortened.sizeInBytes()
                            + " bytes, SNS takes "
                            + SnsSink.MAX_BYTES);
        }
        return shortened;
    }
}
