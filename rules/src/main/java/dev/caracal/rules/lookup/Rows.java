package dev.caracal.rules.lookup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of a lookup table's data, one after the other. */
interface Rows {

    /**
     * Null at the end.
     *
     * @throws IOException if the data cannot be read, or what comes next is no row
     */
    @Nullable ObjectNode next() throws IOException;
}
