package dev.caracal.parsers.format;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.MismatchException;

/** Any JSON value, copied. */
final class JsonConverter extends ValueConverter {

    private final boolean awsIndicators;

    JsonConverter(boolean awsIndicators, EventBuilder builder) {
        super(builder);
        this.awsIndicators = awsIndicators;
    }

    @Override
    boolean json(JsonCursor cursor) throws MismatchException {
        if (awsIndicators) {
            builder.copier().copy(builder.awsVisitor(), 0, 0);
        } else {
            builder.copier().copy();
        }
        return true;
    }
}
