package io.meterlake.storage;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What stands in the object of a lock: whether it is free, who has or had it, and a number that is another one at each
 * sign of life. No two texts that are ever written are equal, so that no two marks are.
 *
 * @param owner process, machine, start of the process, and number of the lock in it
 */
record LeaseText(boolean free, String owner, long sign) {
    private static final AtomicLong LOCKS = new AtomicLong();
    private static final String FREE = "free";
    private static final String HELD = "held";

    /** Of a lock that this process is about to take. */
    static LeaseText fresh() {
        ProcessHandle process = ProcessHandle.current();
        String started = process.info().startInstant().map(Object::toString).orElse("");
        return new LeaseText(
                false,
                "process %d on %s, started %s, lock %d"
                        .formatted(process.pid(), machine(), started, LOCKS.incrementAndGet()),
                0);
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "an unknown machine";
        }
    }

    static LeaseText parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length < 3) {
            return new LeaseText(false, "another process", 0);
        }
        try {
            return new LeaseText(lines[0].equals(FREE), lines[1], Long.parseLong(lines[2]));
        } catch (NumberFormatException e) {
            return new LeaseText(false, lines[1], 0);
        }
    }

    LeaseText nextSign() {
        return new LeaseText(free, owner, sign + 1);
    }

    LeaseText given() {
        return new LeaseText(true, owner, sign + 1);
    }

    String text() {
        return (free ? FREE : HELD) + "\n" + owner + "\n" + sign + "\n";
    }

    /** As a message names the owner: {@code process 4711 on machine}. */
    String shortOwner() {
        int comma = owner.indexOf(',');
        return comma < 0 ? owner : owner.substring(0, comma);
    }
}
