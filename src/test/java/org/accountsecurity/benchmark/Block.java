package org.accountsecurity.benchmark;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;

/**
 * What one contender did in one go.
 *
 * @param contender by its name
 * @param jvmMillis CPU time of the contender
 * @param postgresMillis CPU time of all processes of the database
 * @param walBytes of the database
 * @param latencies by interaction, in microseconds
 */
record Block(
        int round,
        String contender,
        Work work,
        int clients,
        int count,
        double seconds,
        long jvmMillis,
        long postgresMillis,
        long walBytes,
        @JsonIgnore Map<String, List<Long>> latencies) {

    double perSecond() {
        return count / seconds;
    }

    double jvmMillisEach() {
        return jvmMillis / (double) count;
    }

    double postgresMillisEach() {
        return postgresMillis / (double) count;
    }

    double cpuMillisEach() {
        return jvmMillisEach() + postgresMillisEach();
    }

    double walKilobytesEach() {
        return walBytes / 1024.0 / count;
    }
}
