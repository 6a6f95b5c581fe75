package dev.caracal.rules.lookup;

import org.jspecify.annotations.Nullable;

/** The data of a lookup table, ready for being asked. Safe for use by any number of threads. */
public interface LookupIndex {

    /** The matching row as a JSON object in UTF-8; null if none matches. */
    byte @Nullable [] find(String key);

    /** How many keys there are; of a MaxMind file, how many nodes its tree has. */
    long size();
}
