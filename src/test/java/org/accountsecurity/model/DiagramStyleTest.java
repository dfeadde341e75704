package org.accountsecurity.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be measured of a diagram's beauty; the rest is seen in its picture. */
class DiagramStyleTest {

    private static final double TASK_WIDTH = 100;
    private static final double TASK_HEIGHT = 80;
    /** Pixels of a Chinese and of a Latin character, and of a line, in a label of bpmn-js. */
    private static final double WIDE = 11;

    private static final double NARROW = 6.2;
    private static final double LINE = 14;
    private static final int ACTIVITIES_ON_A_LEVEL = 12;

    private record Flow(SequenceFlow element, List<Line2D> segments) {}

    static Stream<BpmnModelInstance> diagrams() {
        return Models.diagrams();
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    @DisplayName("every element is drawn, tasks at 100 by 80")
    void everyElementIsDrawn(BpmnModelInstance diagram) {
        for (FlowElement element : diagram.getModelElementsByType(FlowElement.class)) {
            assertThat(element.getDiagramElement()).as(element.getId()).isNotNull();
        }
        for (Activity activity : diagram.getModelElementsByType(Activity.class)) {
            if (activity instanceof Task || activity instanceof CallActivity) {
                Rectangle2D shape = shape(activity);
                assertThat(shape.getWidth()).as(activity.getId()).isEqualTo(TASK_WIDTH);
                assertThat(shape.getHeight()).as(activity.getId()).isEqualTo(TASK_HEIGHT);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    @DisplayName("flows are orthogonal, and touch what they connect")
    void flowsAreOrthogonal(BpmnModelInstance diagram) {
        for (Flow flow : flows(diagram)) {
            String id = flow.element().getId();
            assertThat(flow.segments())
                    .as(id)
                    .isNotEmpty()
                    .allMatch(segment -> segment.getX1() == segment.getX2() || segment.getY1() == segment.getY2());
            Line2D first = flow.segments().get(0);
            Line2D last = flow.segments().get(flow.segments().size() - 1);
            assertThat(touches(shape(flow.element().getSource()), first.getP1()))
                    .as(id + " leaves its source")
                    .isTrue();
            assertThat(touches(shape(flow.element().getTarget()), last.getP2()))
                    .as(id + " reaches its target")
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    @DisplayName("no flow crosses another")
    void noFlowCrossesAnother(BpmnModelInstance diagram) {
        List<Flow> flows = flows(diagram);
        for (Flow one : flows) {
            for (Flow other : flows) {
                for (Line2D segment : one.segments()) {
                    assertThat(other.segments())
                            .as(one.element().getId() + " and "
                                    + other.element().getId())
                            .noneMatch(candidate -> crosses(segment, candidate));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    @DisplayName("no flow runs through an element")
    void noFlowRunsThroughAnElement(BpmnModelInstance diagram) {
        for (Flow flow : flows(diagram)) {
            for (FlowNode node : nodes(diagram)) {
                if (node instanceof SubProcess) {
                    continue;
                }
                Rectangle2D inside = inset(shape(node), 1);
                assertThat(flow.segments())
                        .as(flow.element().getId() + " and " + node.getId())
                        .noneMatch(segment -> segment.intersects(inside));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    @DisplayName("elements do not overlap, and keep clear of each other")
    void elementsDoNotOverlap(BpmnModelInstance diagram) {
        List<FlowNode> nodes = nodes(diagram).stream()
                .filter(node -> !(node instanceof SubProcess))
                .filter(node -> !(node instanceof BoundaryEvent))
                .toList();
        for (FlowNode one : nodes) {
            for (FlowNode other : nodes) {
                assertThat(one != other && inset(shape(one), -10).intersects(shape(other)))
                        .as(one.getId() + " and " + other.getId())
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    @DisplayName("a label has room for its words, and covers nothing")
    void aLabelHasRoomAndCoversNothing(BpmnModelInstance diagram) {
        List<FlowElement> labelled = new ArrayList<>();
        for (FlowElement element : diagram.getModelElementsByType(FlowElement.class)) {
            if (element.getName() != null && !(element instanceof Activity)) {
                assertThat(label(element)).as(element.getId()).isNotNull();
                labelled.add(element);
            }
        }
        for (FlowElement element : labelled) {
            Rectangle2D label = label(element);
            double lines = Math.ceil(width(element.getName()) / label.getWidth());
            assertThat(label.getHeight())
                    .as("height of the label of " + element.getId())
                    .isGreaterThanOrEqualTo(lines * LINE);

            Rectangle2D text = text(element);
            for (FlowNode node : nodes(diagram)) {
                if (!(node instanceof SubProcess)) {
                    assertThat(text.intersects(shape(node)))
                            .as("label of " + element.getId() + " on " + node.getId())
                            .isFalse();
                }
            }
            for (FlowElement other : labelled) {
                assertThat(other != element && text.intersects(text(other)))
                        .as("labels of " + element.getId() + " and " + other.getId())
                        .isFalse();
            }
            for (Flow flow : flows(diagram)) {
                assertThat(flow.segments())
                        .as("label of " + element.getId() + " on "
                                + flow.element().getId())
                        .noneMatch(segment -> segment.intersects(text));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    @DisplayName("the happy path runs from left to right on one line, to the end event furthest right")
    void theHappyPathIsOneLine(BpmnModelInstance diagram) {
        Process process =
                diagram.getModelElementsByType(Process.class).iterator().next();
        StartEvent start =
                process.getChildElementsByType(StartEvent.class).iterator().next();
        List<FlowNode> onTheLine = new ArrayList<>(List.of(start));
        FlowNode last = start;
        double y = shape(start).getCenterY();
        while (!(last instanceof EndEvent)) {
            FlowNode from = last;
            last = from.getOutgoing().stream()
                    .map(SequenceFlow::getTarget)
                    .filter(next -> shape(next).getCenterX() > shape(from).getCenterX())
                    .filter(next -> onLine(next, y))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the line ends at " + from.getId()));
            onTheLine.add(last);
        }

        assertThat(onTheLine).hasSizeGreaterThan(3);
        double furthest = process.getChildElementsByType(EndEvent.class).stream()
                .mapToDouble(end -> shape(end).getCenterX())
                .max()
                .orElseThrow();
        assertThat(shape(last).getCenterX()).as(last.getId()).isEqualTo(furthest);
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    @DisplayName("a level has about ten activities, and no boundary event hides the mark of a called process")
    void aLevelIsNotCrowded(BpmnModelInstance diagram) {
        for (Process process : diagram.getModelElementsByType(Process.class)) {
            assertThat(process.getChildElementsByType(Activity.class))
                    .filteredOn(
                            activity -> !(activity instanceof SubProcess subProcess && subProcess.triggeredByEvent()))
                    .as(process.getId())
                    .hasSizeLessThanOrEqualTo(ACTIVITIES_ON_A_LEVEL);
        }
        for (BoundaryEvent boundary : diagram.getModelElementsByType(BoundaryEvent.class)) {
            if (boundary.getAttachedTo() instanceof CallActivity call) {
                Rectangle2D mark = new Rectangle2D.Double(
                        shape(call).getCenterX() - 7, shape(call).getMaxY() - 20, 14, 14);
                assertThat(shape(boundary).intersects(mark))
                        .as(boundary.getId())
                        .isFalse();
            }
        }
    }

    private static boolean onLine(FlowNode node, double y) {
        Rectangle2D shape = shape(node);
        return node instanceof SubProcess ? shape.getMinY() < y && y < shape.getMaxY() : shape.getCenterY() == y;
    }

    private static List<FlowNode> nodes(BpmnModelInstance diagram) {
        return List.copyOf(diagram.getModelElementsByType(FlowNode.class));
    }

    private static List<Flow> flows(BpmnModelInstance diagram) {
        List<Flow> flows = new ArrayList<>();
        for (SequenceFlow flow : diagram.getModelElementsByType(SequenceFlow.class)) {
            List<Point2D> points = ((BpmnEdge) flow.getDiagramElement())
                    .getWaypoints().stream()
                            .map(point -> (Point2D) new Point2D.Double(point.getX(), point.getY()))
                            .toList();
            List<Line2D> segments = new ArrayList<>();
            for (int i = 1; i < points.size(); i++) {
                segments.add(new Line2D.Double(points.get(i - 1), points.get(i)));
            }
            flows.add(new Flow(flow, segments));
        }
        return flows;
    }

    /** Whether one runs across the other; flows may join, which is to meet at an end or to run along each other. */
    private static boolean crosses(Line2D one, Line2D other) {
        boolean oneLevel = one.getY1() == one.getY2();
        if (oneLevel == (other.getY1() == other.getY2())) {
            return false;
        }
        Line2D level = oneLevel ? one : other;
        Line2D upright = oneLevel ? other : one;
        double x = upright.getX1();
        double y = level.getY1();
        return strictlyBetween(x, level.getX1(), level.getX2()) && strictlyBetween(y, upright.getY1(), upright.getY2());
    }

    private static boolean strictlyBetween(double value, double one, double other) {
        return Math.min(one, other) < value && value < Math.max(one, other);
    }

    private static boolean touches(Rectangle2D shape, Point2D point) {
        return inset(shape, -1).contains(point) && !inset(shape, 1).contains(point);
    }

    private static Rectangle2D inset(Rectangle2D shape, double by) {
        return new Rectangle2D.Double(
                shape.getX() + by, shape.getY() + by, shape.getWidth() - 2 * by, shape.getHeight() - 2 * by);
    }

    private static Rectangle2D shape(FlowNode node) {
        return rectangle(((BpmnShape) node.getDiagramElement()).getBounds());
    }

    private static Rectangle2D label(FlowElement element) {
        BpmnLabel label = element.getDiagramElement() instanceof BpmnEdge edge
                ? edge.getBpmnLabel()
                : ((BpmnShape) element.getDiagramElement()).getBpmnLabel();
        return label == null ? null : rectangle(label.getBounds());
    }

    /** Where the words are: centred in the label's box. */
    private static Rectangle2D text(FlowElement element) {
        Rectangle2D label = label(element);
        double width = Math.min(width(element.getName()), label.getWidth());
        return new Rectangle2D.Double(label.getCenterX() - width / 2, label.getY(), width, label.getHeight());
    }

    private static double width(String text) {
        return text.chars().mapToDouble(c -> c < 0x80 ? NARROW : WIDE).sum();
    }

    private static Rectangle2D rectangle(Bounds bounds) {
        return new Rectangle2D.Double(bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight());
    }
}
