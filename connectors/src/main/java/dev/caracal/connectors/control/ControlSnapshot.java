package dev.caracal.connectors.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All files of the control location at one time.
 *
 * @param version SHA-256 in hex of paths and contents, and of data files' paths and tags: equal for
 *     equal files, whatever their times
 * @param files in the order of their paths
 * @param data files whose content is not here, in the order of their paths
 * @param problems files that were left out, each with the reason in a sentence
 */
public record ControlSnapshot(
        String version, List<ControlFile> files, List<ControlData> data, List<String> problems) {

    /** No files; what a reader knows before it has read anything. */
    static final ControlSnapshot NOTHING = new ControlSnapshot("", List.of(), List.of(), List.of());

    public ControlSnapshot {
        Objects.requireNonNull(version, "version is null");
        files = List.copyOf(files);
        data = List.copyOf(data);
        problems = List.copyOf(problems);
    }

    static ControlSnapshot of(
            List<ControlFile> files, List<ControlData> data, List<String> problems) {
        return new ControlSnapshot(version(files, data, problems), files, data, problems);
    }

    /** The files under a folder, for example {@code rules}. */
    public List<ControlFile> under(String folder) {
        return files.stream().filter(file -> file.path().startsWith(folder + '/')).toList();
    }

    /** The files under a folder as text, by path. */
    public SortedMap<String, String> texts(String folder) {
        SortedMap<String, String> texts = new TreeMap<>();
        under(folder).forEach(file -> texts.put(file.path(), file.text()));
        return texts;
    }

    private static String version(
            List<ControlFile> files, List<ControlData> data, List<String> problems) {
        MessageDigest digest = sha256();
        for (ControlFile file : files) {
            add(digest, file.path().getBytes(StandardCharsets.UTF_8));
            add(digest, file.content());
        }
        for (ControlData file : data) {
            add(digest, file.path().getBytes(StandardCharsets.UTF_8));
            add(digest, file.tag().getBytes(StandardCharsets.UTF_8));
        }
        problems.forEach(problem -> add(digest, problem.getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, byte[] part) {
        digest.update((part.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(part);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
