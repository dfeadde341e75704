package org.accountsecurity.engine.edit;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import org.accountsecurity.text.Messages;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;

/** Draws a diagram with the layout of its owner and one way through it in red. */
final class Picture {

    private static final int MARGIN = 30;
    private static final int LINE = 16;
    /** Characters in a line within an activity and below an event. */
    private static final int WIDE = 6;

    private final StringBuilder svg = new StringBuilder();
    /** Drawn last, above the shapes. */
    private final StringBuilder texts = new StringBuilder();

    private final Set<String> way;
    private final String failed;
    private double left = Double.MAX_VALUE;
    private double top = Double.MAX_VALUE;
    private double right;
    private double bottom;

    private Picture(Set<String> way, String failed) {
        this.way = way;
        this.failed = failed;
    }

    /** The key of the process in a diagram; empty if there is none. */
    static String process(String diagram) {
        return model(diagram).getModelElementsByType(Process.class).stream()
                .map(BaseElement::getId)
                .findFirst()
                .orElse("");
    }

    /**
     * Draws a diagram.
     *
     * @param way ids of the elements that were passed
     * @param failed the id of the one that it ended at
     * @return an {@code svg} element
     */
    static String of(String diagram, Set<String> way, String failed) {
        Picture picture = new Picture(way, failed);
        BpmnModelInstance model = model(diagram);
        Collection<BpmnShape> shapes = model.getModelElementsByType(BpmnShape.class);
        shapes.stream()
                .filter(shape -> shape.getBpmnElement() instanceof SubProcess)
                .forEach(picture::draw);
        model.getModelElementsByType(BpmnEdge.class).forEach(picture::draw);
        shapes.stream()
                .filter(shape -> !(shape.getBpmnElement() instanceof SubProcess))
                .forEach(picture::draw);
        return picture.finish();
    }

    private static BpmnModelInstance model(String diagram) {
        return Bpmn.readModelFromStream(new ByteArrayInputStream(diagram.getBytes(StandardCharsets.UTF_8)));
    }

    private void draw(BpmnShape shape) {
        BaseElement element = shape.getBpmnElement();
        Bounds bounds = shape.getBounds();
        if (!(element instanceof FlowElement flowElement) || bounds == null) {
            return;
        }
        double x = bounds.getX();
        double y = bounds.getY();
        double width = bounds.getWidth();
        double height = bounds.getHeight();
        include(x, y);
        include(x + width, y + height);
        String style = style(element.getId());
        String name = flowElement.getName() == null ? "" : flowElement.getName();
        if (element instanceof Event) {
            svg(
                    "<circle%s cx=\"%s\" cy=\"%s\" r=\"%s\"%s/>",
                    style,
                    x + width / 2,
                    y + height / 2,
                    width / 2,
                    element instanceof EndEvent ? " stroke-width=\"3\"" : "");
            text(label(shape, x, y + height + LINE, width), name, WIDE);
        } else if (element instanceof Gateway) {
            svg(
                    "<path%s d=\"M%s %sL%s %sL%s %sL%s %sZ\"/>",
                    style, x + width / 2, y, x + width, y + height / 2, x + width / 2, y + height, x, y + height / 2);
            text(label(shape, x, y - LINE / 2.0, width), name, 2 * WIDE);
        } else if (element instanceof Activity) {
            svg("<rect%s x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"8\"/>", style, x, y, width, height);
            boolean open = element instanceof SubProcess;
            int lines = (name.length() + WIDE - 1) / WIDE;
            double first = open ? y + LINE + 4 : y + height / 2 - (lines - 1) * LINE / 2.0 + 4;
            text(new double[] {x + width / 2, first}, name, open ? name.length() : WIDE);
        }
    }

    /** The position that the owner has given the label, else a position near the element. */
    private static double[] label(BpmnShape shape, double x, double y, double width) {
        Bounds label =
                shape.getBpmnLabel() == null ? null : shape.getBpmnLabel().getBounds();
        return label == null
                ? new double[] {x + width / 2, y}
                : new double[] {label.getX() + label.getWidth() / 2, label.getY() + LINE - 2};
    }

    private void draw(BpmnEdge edge) {
        if (!(edge.getBpmnElement() instanceof FlowElement flow)) {
            return;
        }
        StringBuilder points = new StringBuilder();
        for (Waypoint point : edge.getWaypoints()) {
            include(point.getX(), point.getY());
            points.append(point.getX()).append(',').append(point.getY()).append(' ');
        }
        String marker = way.contains(flow.getId()) ? "red-tip" : "tip";
        svg(
                "<polyline%s points=\"%s\" marker-end=\"url(#%s)\"/>",
                style(flow.getId()), points.toString().strip(), marker);
        Bounds label = edge.getBpmnLabel() == null ? null : edge.getBpmnLabel().getBounds();
        if (label != null && flow.getName() != null) {
            text(new double[] {label.getX() + label.getWidth() / 2, label.getY() + LINE - 2}, flow.getName(), 2 * WIDE);
        }
    }

    private String style(String id) {
        return " class=\"" + (id.equals(failed) ? "way failed" : way.contains(id) ? "way" : "other") + "\"";
    }

    private void text(double[] place, String text, int wide) {
        for (int begin = 0, line = 0; begin < text.length(); begin += wide, line++) {
            svg(
                    texts,
                    "<text x=\"%s\" y=\"%s\">%s</text>",
                    place[0],
                    place[1] + line * LINE,
                    escaped(text.substring(begin, Math.min(text.length(), begin + wide))));
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void svg(String format, Object... values) {
        svg(svg, format, values);
    }

    private static void svg(StringBuilder to, String format, Object... values) {
        to.append(String.format(Locale.ROOT, format, values));
    }

    private void include(double x, double y) {
        left = Math.min(left, x);
        top = Math.min(top, y);
        right = Math.max(right, x);
        bottom = Math.max(bottom, y);
    }

    private String finish() {
        double width = right - left + 2 * MARGIN;
        double height = bottom - top + 4 * MARGIN;
        return String.format(
                        Locale.ROOT,
                        "<svg class=\"diagram\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"%s %s %s %s\" width=\"%s\""
                                + " height=\"%s\" role=\"img\" aria-label=\"%s\"><defs>",
                        left - MARGIN,
                        top - MARGIN,
                        width,
                        height,
                        width,
                        height,
                        escaped(Messages.text("edit.picture")))
                + tip("tip", "#555")
                + tip("red-tip", "#c00")
                + "</defs>" + svg + texts + "</svg>";
    }

    private static String tip(String id, String colour) {
        return "<marker id=\"" + id
                + "\" viewBox=\"0 0 10 10\" refX=\"10\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\""
                + " orient=\"auto\"><path d=\"M0 0L10 5L0 10Z\" fill=\"" + colour + "\"/></marker>";
    }
}
