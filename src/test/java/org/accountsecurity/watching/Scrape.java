package org.accountsecurity.watching;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Prometheus reads at one moment, in its text format. */
public record Scrape(Map<String, Double> series) {

    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*(?:\\{.*})?) (\\S+)");

    public static Scrape of(String text) {
        Map<String, Double> series = new TreeMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new AssertionError("no metric: " + line);
            }
            series.put(matcher.group(1), Double.valueOf(matcher.group(2).replace("+Inf", "Infinity")));
        });
        return new Scrape(series);
    }

    /** The value of a metric with exactly these labels, in their alphabetical order; 0 if it is not there. */
    public double value(String name, String... labels) {
        StringBuilder key = new StringBuilder("account_security_").append(name);
        for (int i = 0; i < labels.length; i += 2) {
            key.append(i == 0 ? "{" : ",")
                    .append(labels[i])
                    .append("=\"")
                    .append(labels[i + 1])
                    .append('"');
        }
        return series.getOrDefault(key.append(labels.length > 0 ? "}" : "").toString(), 0.0);
    }

    /** Names without labels. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        series.keySet().forEach(key -> names.add(key.replaceAll("\\{.*", "")));
        return names;
    }
}
