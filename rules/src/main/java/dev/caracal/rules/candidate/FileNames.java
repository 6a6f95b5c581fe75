package dev.caracal.rules.candidate;

/** What Python's {@code fnmatch} says, of patterns without brackets. */
final class FileNames {

    private FileNames() {}

    static boolean match(Object name, Object pattern) {
        if (!(name instanceof String text && pattern instanceof String wanted)
                || wanted.indexOf('[') >= 0
                || !PythonValues.isAscii(text)) {
            throw Unsure.UNSURE;
        }
        return match(text, wanted);
    }

    /** In one pass: after a mismatch, the last {@code *} takes one character more. */
    private static boolean match(String text, String pattern) {
        int at = 0;
        int wanted = 0;
        int star = -1;
        int taken = 0;
        while (at < text.length()) {
            boolean isStar = wanted < pattern.length() && pattern.charAt(wanted) == '*';
            if (isStar) {
                star = wanted++;
                taken = at;
            } else if (wanted < pattern.length()
                    && (pattern.charAt(wanted) == '?'
                            || pattern.charAt(wanted) == text.charAt(at))) {
                at++;
                wanted++;
            } else if (star >= 0) {
                wanted = star + 1;
                at = ++taken;
            } else {
                return false;
            }
        }
        while (wanted < pattern.length() && pattern.charAt(wanted) == '*') {
            wanted++;
        }
        return wanted == pattern.length();
    }
}
