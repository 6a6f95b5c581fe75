package dev.caracal.connectors.control;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where the files of a control location lie; used by one thread at a time. */
interface ControlStore extends AutoCloseable {

    /**
     * A file as listed.
     *
     * @param path relative to the location
     * @param tag changes when the file does
     * @param size in bytes
     */
    record Entry(String path, String tag, long size) {}

    /**
     * Every file below one of the location's folders, in any order.
     *
     * @throws IOException if the location is missing or cannot be reached
     */
    List<Entry> list(List<String> folders) throws IOException;

    /** The content of a listed file; empty if the file has changed since, or is gone. */
    Optional<byte[]> fetch(Entry entry) throws IOException;

    /**
     * Puts a file in place of the one of that path; who reads sees either, whole.
     *
     * @param path relative to the location, with slashes
     */
    void put(String path, byte[] content) throws IOException;

    /** Removes a file; one that is not there stays so. */
    void delete(String path) throws IOException;

    @Override
    void close();
}
