package org.accountsecurity.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups of bars, each bar of one part or of several on top of each other, as SVG. */
final class Plot {

    private static final List<String> COLOURS =
            List.of("#1f6f8b", "#d1495b", "#6a994e", "#edae49", "#7d5ba6", "#8d99ae");
    private static final int HEIGHT = 260;
    private static final int TOP = 56;
    private static final int LEFT = 64;
    private static final int BAR = 44;
    private static final int GAP = 28;
    private static final int LEGEND = 34;
    private static final int LINES = 5;

    private final String title;
    private final String unit;
    private final List<String> parts;
    private final Map<String, Map<String, double[]>> groups = new LinkedHashMap<>();

    /** @param parts names of what a bar is made of; a single one leaves the colours to the bars */
    Plot(String title, String unit, List<String> parts) {
        this.title = title;
        this.unit = unit;
        this.parts = parts;
    }

    Plot bar(String group, String bar, double... values) {
        groups.computeIfAbsent(group, name -> new LinkedHashMap<>()).put(bar, values);
        return this;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    String svg() {
        int bars = groups.values().stream().mapToInt(Map::size).sum();
        int width = LEFT + bars * (BAR + 6) + groups.size() * GAP + GAP;
        double most = groups.values().stream()
                .flatMap(group -> group.values().stream())
                .mapToDouble(Plot::sum)
                .max()
                .orElse(1);
        double step = step(most / LINES);
        double top = Math.ceil(most / step) * step;
        List<String> out = new ArrayList<>();
        width = Math.max(width, 420);
        out.add(("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\">")
                .formatted(width, TOP + HEIGHT + 50 + LEGEND, width, TOP + HEIGHT + 50 + LEGEND));
        out.add("<title>%s</title><rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>".formatted(title));
        out.add(text(LEFT, 22, "start", title).replace("<text", "<text font-size=\"15\" font-weight=\"bold\""));
        out.add(text(LEFT, 42, "start", unit));
        for (double line = 0; line <= top + step / 2; line += step) {
            double y = y(line, top);
            out.add("<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/>".formatted(LEFT, y, width - GAP / 2));
            out.add(text(LEFT - 6, y + 4, "end", number(line)));
        }
        int x = LEFT + GAP / 2;
        for (Map.Entry<String, Map<String, double[]>> group : groups.entrySet()) {
            int begin = x;
            int index = 0;
            for (Map.Entry<String, double[]> bar : group.getValue().entrySet()) {
                draw(out, x, index++, bar.getKey(), bar.getValue(), top);
                x += BAR + 6;
            }
            out.add(text((begin + x - 6) / 2.0, TOP + HEIGHT + 36, "middle", group.getKey()));
            x += GAP;
        }
        int at = LEFT;
        for (int part = 0; parts.size() > 1 && part < parts.size(); part++) {
            out.add("<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>"
                    .formatted(at, TOP + HEIGHT + 54, COLOURS.get(part)));
            out.add(text(at + 18, TOP + HEIGHT + 64, "start", parts.get(part)));
            at += 34 + parts.get(part).length() * 8;
        }
        out.add("</svg>");
        return String.join("\n", out) + "\n";
    }

    private void draw(List<String> out, int x, int index, String name, double[] values, double top) {
        double below = 0;
        for (int part = 0; part < values.length; part++) {
            double y = y(below + values[part], top);
            String colour = COLOURS.get((parts.size() > 1 ? part : index) % COLOURS.size());
            out.add("<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" fill=\"%s\"/>"
                    .formatted(x, y, BAR, y(below, top) - y, colour));
            below += values[part];
        }
        out.add(text(x + BAR / 2.0, y(below, top) - 4, "middle", number(below)));
        out.add(text(x + BAR / 2.0, TOP + HEIGHT + 16, "middle", name));
    }

    private static double y(double value, double top) {
        return TOP + HEIGHT - value / top * HEIGHT;
    }

    /** 1, 2 or 5 times a power of ten. */
    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        return List.of(1, 2, 5, 10).stream()
                .mapToDouble(factor -> factor * power)
                .filter(step -> step >= least)
                .findFirst()
                .orElse(10 * power);
    }

    private static String number(double value) {
        return value >= 20 || value == Math.rint(value) ? "%,.0f".formatted(value) : "%.1f".formatted(value);
    }

    private static String text(double x, double y, String anchor, String text) {
        return "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>".formatted(x, y, anchor, text);
    }
}
