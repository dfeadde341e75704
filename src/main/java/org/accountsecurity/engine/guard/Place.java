package org.accountsecurity.engine.guard;

import org.camunda.bpm.model.bpmn.instance.FlowNode;

/**
 * A node of a process as one call of it passes it.
 *
 * @param call the ids of the call activities that lead to it, each with a slash; empty in the process that was started
 * @param done false on entering the node, true once its work is done
 */
record Place(String call, FlowNode node, boolean done) {

    /** The same, once its work is done. */
    Place afterwards() {
        return new Place(call, node, true);
    }

    /** What an owner calls it. */
    String label() {
        return node.getName() == null ? node.getId() : "“" + node.getName() + "”（" + node.getId() + "）";
    }

    /** Whether the bean of a delegate has done its work here. */
    boolean isDoneBy(String bean) {
        return done && Beans.delegateOf(node).filter(bean::equals).isPresent();
    }
}
