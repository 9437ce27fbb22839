package io.meterlake.cli;

import java.util.ArrayList;
import java.util.List;

/** Two texts by their lines: what the second has not with {@code -}, what is new in it with {@code +}. Pure. */
final class LineDiff {
    /** Lines that are the same on both sides beside a change. */
    private static final int AROUND = 1;

    private LineDiff() {}

    static List<String> of(String before, String after) {
        String[] old = lines(before);
        String[] now = lines(after);
        int[][] common = common(old, now);
        List<String> all = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < old.length || j < now.length) {
            if (i < old.length && j < now.length && old[i].equals(now[j])) {
                all.add("  " + old[i]);
                i++;
                j++;
            } else if (j == now.length || (i < old.length && common[i + 1][j] >= common[i][j + 1])) {
                all.add("- " + old[i++]);
            } else {
                all.add("+ " + now[j++]);
            }
        }
        return shortened(all);
    }

    private static String[] lines(String text) {
        return text.isEmpty() ? new String[0] : text.split("\n", -1);
    }

    /** How many lines of the ends from i and j on are in both, in order. */
    private static int[][] common(String[] old, String[] now) {
        int[][] common = new int[old.length + 1][now.length + 1];
        for (int i = old.length - 1; i >= 0; i--) {
            for (int j = now.length - 1; j >= 0; j--) {
                common[i][j] =
                        old[i].equals(now[j]) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private static List<String> shortened(List<String> all) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            boolean near = false;
            for (int k = Math.max(0, i - AROUND); k <= Math.min(all.size() - 1, i + AROUND); k++) {
                near |= !all.get(k).startsWith("  ");
            }
            if (near) {
                shown.add(all.get(i));
            } else if (shown.isEmpty() || !shown.getLast().equals("  …")) {
                shown.add("  …");
            }
        }
        return shown;
    }
}
