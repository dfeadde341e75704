package org.accountsecurity.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The CPU time of processes, from /proc, in milliseconds. */
final class Cpu {

    /** Linux has counted in hundredths of a second, whatever the kernel's clock, since 2.6. */
    private static final long MILLISECONDS_A_TICK = 10;
    /** Of the fields behind the name of the command, from 0. */
    private static final int UTIME = 11;

    private Cpu() {}

    static long of(long pid) {
        return MILLISECONDS_A_TICK * ticks(pid, 2);
    }

    /** With its children: those that are there, and those that have ended. */
    static long ofAll(long parent) {
        long children = ProcessHandle.of(parent)
                .orElseThrow()
                .children()
                .mapToLong(child -> ticks(child.pid(), 2))
                .sum();
        return MILLISECONDS_A_TICK * (children + ticks(parent, 4));
    }

    /** @param fields 2 without the children that have ended, 4 with them */
    private static long ticks(long pid, int fields) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] values = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long sum = 0;
            for (int field = UTIME; field < UTIME + fields; field++) {
                sum += Long.parseLong(values[field]);
            }
            return sum;
        } catch (IOException e) {
            // it has ended, before its file was opened or while it was read
            return 0;
        }
    }
}
