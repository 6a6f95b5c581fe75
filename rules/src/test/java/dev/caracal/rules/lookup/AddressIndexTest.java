package dev.caracal.rules.lookup;

import static dev.caracal.rules.lookup.Tables.csv;
import static dev.caracal.rules.lookup.Tables.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index agrees with a look at every range, for ranges that lie close together. */
class AddressIndexTest {

    private static final int RANGES = 400;

    @ParameterizedTest
    @ValueSource(ints = {4, 16})
    void anyAddressIsFoundAsByTryingAllRanges(int bytes) throws IOException {
        Random random = new Random(bytes);
        List<IpPrefix> ranges = new ArrayList<>();
        StringBuilder data = new StringBuilder("net,n\n");
        for (int i = 0; i < RANGES; i++) {
            int length = random.nextInt(bytes * 8 + 1);
            String range = address(random, bytes) + '/' + length;
            ranges.add(IpPrefix.parse(range));
            data.append(range).append(',').append(i).append('\n');
        }
        LookupIndex index = csv(data.toString());

        int found = 0;
        for (int i = 0; i < 20_000; i++) {
            String address = address(random, bytes);
            int expected = mostSpecific(ranges, IpPrefix.parse(address));
            String row = text(index.find(address));
            if (expected < 0) {
                assertThat(row).as(address).isNull();
            } else {
                assertThat(row).as(address).endsWith(",\"n\":\"" + expected + "\"}");
                found++;
            }
        }
        assertThat(found).isBetween(1_000, 20_000);
    }

    /** Few different bytes, and often those at the ends. */
    private static String address(Random random, int bytes) throws UnknownHostException {
        byte[] address = new byte[bytes];
        int fill = random.nextInt(3) - 1;
        for (int i = 0; i < bytes; i++) {
            boolean free = i < 2 || i == bytes - 1 || random.nextInt(bytes) == 0;
            address[i] = (byte) (free ? random.nextInt(4) - 2 : fill);
        }
        return InetAddress.getByAddress(address).getHostAddress();
    }

    private static int mostSpecific(List<IpPrefix> ranges, IpPrefix address) {
        int best = -1;
        for (int i = 0; i < ranges.size(); i++) {
            IpPrefix range = ranges.get(i);
            IpPrefix cut =
                    IpPrefix.parse(
                            new IpNumber(address.v4(), address.high(), address.low())
                                            .toInetAddress()
                                            .getHostAddress()
                                    + '/'
                                    + range.length());
            if (range.equals(cut) && (best < 0 || range.length() >= ranges.get(best).length())) {
                best = i;
            }
        }
        return best;
    }
}
