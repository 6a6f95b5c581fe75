package dev.caracal.parsers.format;

import dev.caracal.parsers.json.JsonText;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds a member by its name in bytes: an open hash table that is never full. */
final class MemberTable {

    private final @Nullable Member[] slots;
    private final int mask;

    /** By name in lower case; empty if case matters. */
    private final Map<String, Member> lowerCase = new HashMap<>();

    /**
     * @param caseInsensitive {@link #findInOtherCase} finds members too
     */
    MemberTable(List<Member> members, boolean caseInsensitive) {
        int size = Integer.highestOneBit(members.size() * 4 + 1) * 2;
        slots = new Member[size];
        mask = size - 1;
        for (Member member : members) {
            int slot = hash(member.name, 0, member.name.length) & mask;
            while (slots[slot] != null) {
                slot = slot + 1 & mask;
            }
            slots[slot] = member;
        }
        if (caseInsensitive) {
            members.forEach(member -> lowerCase.putIfAbsent(lowerCase(member.name()), member));
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

    /**
     * The member of a name that was written with escapes or, if case is ignored, with letters of
     * another case.
     */
    @Nullable Member findDecoded(JsonText name) {
        Member member = find(name.bytes(), name.offset(), name.offset() + name.length());
        return member == null && !lowerCase.isEmpty() ? findInOtherCase(name.toString()) : member;
    }

    /** The member whose name is the same but for the case of ASCII letters, if case is ignored. */
    @Nullable Member findInOtherCase(String name) {
        return lowerCase.get(lowerCase(name));
    }

    static String lowerCase(String name) {
        StringBuilder lower = new StringBuilder(name);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                lower.setCharAt(i, (char) (c + 'a' - 'A'));
            }
        }
        return lower.toString();
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
