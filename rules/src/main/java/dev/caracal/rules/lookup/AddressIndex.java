package dev.caracal.rules.lookup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Rows by the most specific range that holds an address. */
final class AddressIndex implements LookupIndex {

    private final RowFile rows;
    private final V4Segments v4;
    private final V6Segments v6;
    private final long size;

    /**
     * Of two rows with one range the later counts.
     *
     * @throws IOException if a key is no address and no range
     */
    AddressIndex(RowFile rows, RowFile.Addresses addresses) throws IOException {
        IpRanges v4Ranges = new IpRanges(true);
        IpRanges v6Ranges = new IpRanges(false);
        for (int i = 0; i < addresses.size(); i++) {
            String key = new String(rows.key(addresses.get(i)), StandardCharsets.UTF_8);
            IpPrefix prefix = IpPrefix.parse(key);
            if (prefix == null) {
                throw new IOException(
                        "key '"
                                + key
                                + "' is neither an IP address nor a range such as 10.0.0.0/8");
            }
            (prefix.v4() ? v4Ranges : v6Ranges).add(prefix, addresses.get(i));
        }
        this.rows = rows;
        v4 = new V4Segments(v4Ranges.size());
        v4Ranges.flatten(v4);
        v4.trim();
        v6 = new V6Segments(v6Ranges.size());
        v6Ranges.flatten(v6);
        v6.trim();
        size = addresses.size();
    }

    @Override
    public byte @Nullable [] find(String key) {
        IpNumber address = IpNumber.parse(key);
        if (address == null) {
            return null;
        }
        int row = address.v4() ? v4.find(address) : v6.find(address);
        return row == 0 ? null : rows.row(row);
    }

    @Override
    public long size() {
        return size;
    }
}
