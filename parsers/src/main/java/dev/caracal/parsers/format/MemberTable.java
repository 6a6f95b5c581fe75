package dev.caracal.parsers.format;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds a member by its name in bytes: an open hash table that is never full. */
final class MemberTable {

    private final @Nullable Member[] slots;
    private final int mask;

    MemberTable(List<Member> members) {
        int size = Integer.highestOneBit(members.size() * 4) * 2;
        slots = new Member[size];
        mask = size - 1;
        for (Member member : members) {
            int slot = hash(member.name, 0, member.name.length) & mask;
            while (slots[slot] != null) {
                slot = slot + 1 & mask;
            }
            slots[slot] = member;
        }
    }

    @Nullable Member find(byte[] bytes, int start, int end) {
        int slot = hash(bytes, start, end) & mask;
        while (true) {
            Member member = slots[slot];
            if (member == null) {
                return null;
            }
            if (Arrays.equals(member.name, 0, member.name.length, bytes, start, end)) {
                return member;
            }
            slot = slot + 1 & mask;
        }
    }

    /** Length and three letters tell the names of one schema apart well enough. */
    private static int hash(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length == 0) {
            return 0;
        }
        int hash = length;
        hash = hash * 31 + bytes[start];
        hash = hash * 31 + bytes[start + length / 2];
        hash = hash * 31 + bytes[end - 1];
        return hash ^ hash >>> 7;
    }
}
