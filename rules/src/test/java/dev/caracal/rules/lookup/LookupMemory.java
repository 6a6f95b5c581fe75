package dev.caracal.rules.lookup;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Prints what a lookup table of many IP ranges costs: {@code java -cp … LookupMemory 10000000}. A
 * third argument {@code gaps} leaves addresses between the ranges.
 */
public final class LookupMemory {

    private LookupMemory() {}

    public static void main(String[] arguments) throws IOException {
        int ranges = Integer.parseInt(arguments[0]);
        boolean v6 = arguments.length > 1 && arguments[1].equals("v6");
        boolean gaps = arguments.length > 2 && arguments[2].equals("gaps");
        long before = used();
        long start = cpuNanos();
        LookupIndex index =
                LookupReader.read(
                        "ranges.csv", new Ranges(ranges, v6, gaps), "net", LookupSchema.NONE);
        double seconds = (cpuNanos() - start) / 1e9;
        long heap = used() - before;
        System.out.printf(
                "%d ranges: %.1f s of CPU to load, %d MB of heap, %.1f bytes a range%n",
                index.size(), seconds, heap >> 20, heap / (double) ranges);
        String[] addresses = new String[1 << 16];
        Random random = new Random(1);
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = address(random.nextInt(ranges), v6, gaps) + (v6 ? "1" : "");
        }
        for (int round = 0; round < 5; round++) {
            long found = 0;
            start = cpuNanos();
            for (int i = 0; i < 10; i++) {
                for (String address : addresses) {
                    found += index.find(address) == null ? 0 : 1;
                }
            }
            long nanos = cpuNanos() - start;
            System.out.printf(
                    "%d ns of CPU a look-up, %d found%n", nanos / 10 / addresses.length, found);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static String address(int i, boolean v6, boolean gaps) {
        long number = (gaps ? 2L : 1L) * i;
        if (v6) {
            return "2001:"
                    + Long.toHexString(number >> 16)
                    + ':'
                    + Long.toHexString(number & 0xffff)
                    + "::";
        }
        long first = number * 16;
        return (first >> 24 & 255)
                + "."
                + (first >> 16 & 255)
                + "."
                + (first >> 8 & 255)
                + "."
                + (first & 255);
    }

    /** A CSV file that is made as it is read. */
    private static final class Ranges extends InputStream {
        private final int count;
        private final boolean v6;
        private final boolean gaps;
        private byte[] line = "net,country,asn\n".getBytes(StandardCharsets.UTF_8);
        private int at;
        private int next;

        Ranges(int count, boolean v6, boolean gaps) {
            this.count = count;
            this.v6 = v6;
            this.gaps = gaps;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (at == line.length) {
                if (next == count) {
                    return -1;
                }
                String network = address(next, v6, gaps) + (v6 ? "/48" : "/28");
                line = (network + ",DE,AS" + next % 70_000 + '\n').getBytes(StandardCharsets.UTF_8);
                next++;
                at = 0;
            }
            int copied = Math.min(length, line.length - at);
            System.arraycopy(line, at, buffer, offset, copied);
            at += copied;
            return copied;
        }
    }
}
