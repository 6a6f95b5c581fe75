package dev.caracal.connectors.control;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Reads a rule pack's files from a zip file, such as panther_analysis_tool makes. */
public final class RulePackZip {

    /** Against zips that unpack to anything; a control location takes no more either. */
    private static final long MAX_BYTES = SnapshotReader.MAX_BYTES;

    private static final int MAX_FILES = 50_000;

    private RulePackZip() {}

    /**
     * The YAML and Python files, by path.
     *
     * @throws IOException if it is no zip file or too large
     */
    public static Map<String, byte[]> read(InputStream zip) throws IOException {
        var files = new TreeMap<String, byte[]>();
        long left = MAX_BYTES;
        int entries = 0;
        try (var in = new ZipInputStream(zip, StandardCharsets.UTF_8)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (++entries > MAX_FILES) {
                    throw new IOException("The zip file has more than " + MAX_FILES + " files");
                }
                if (entry.isDirectory() || !isPart(entry.getName())) {
                    continue;
                }
                byte[] content = in.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE - 8));
                left -= content.length;
                if (left < 0) {
                    throw new IOException(
                            "The zip file unpacks to more than " + MAX_BYTES + " bytes");
                }
                files.put(entry.getName(), content);
            }
        }
        if (entries == 0) {
            throw new IOException("This is no zip file, or an empty one");
        }
        return files;
    }

    private static boolean isPart(String name) {
        return name.endsWith(".yml") || name.endsWith(".yaml") || name.endsWith(".py");
    }
}
