package dev.caracal.cli.drill;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The checkpoint folder, which can be made to refuse what is written. Where this process may mount
 * (as root on Linux), it is a small disk in memory, and full means full. Elsewhere the folder gives
 * way to a file of its name, so that earlier checkpoints cannot be read either.
 */
final class CheckpointDisk implements AutoCloseable {

    private static final String SIZE = "64m";
    private static final int BLOCK = 4096;
    private static final int LIMIT_SECONDS = 10;

    private final Path folder;
    private final Path ballast;
    private final Path aside;
    private final boolean mounted;

    CheckpointDisk(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        ballast = folder.resolve("ballast");
        aside = folder.resolveSibling(folder.getFileName() + "-aside");
        Files.createDirectories(folder);
        mounted = run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", folder.toString());
    }

    /** Ends a mount that a drill which was killed has left. */
    static void release(Path folder) throws IOException, InterruptedException {
        while (Files.isDirectory(folder)
                && !Files.getFileStore(folder)
                        .equals(Files.getFileStore(folder.toAbsolutePath().getParent()))
                && run("umount", "--lazy", folder.toString())) {}
    }

    void fill() throws IOException {
        if (!mounted) {
            Files.move(folder, aside);
            Files.createFile(folder);
            return;
        }
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (Files.getFileStore(folder).getUsableSpace() > 0) {
                throw e;
            }
        }
    }

    void free() throws IOException {
        if (mounted) {
            Files.deleteIfExists(ballast);
        } else if (Files.exists(aside)) {
            Files.deleteIfExists(folder);
            Files.move(aside, folder);
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such command here
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (mounted) {
            boolean unused = run("umount", "--lazy", folder.toString());
        }
    }
}
