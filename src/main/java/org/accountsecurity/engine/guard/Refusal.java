package org.accountsecurity.engine.guard;

/** What an owner is told of a deployment that failed. */
public final class Refusal {

    private Refusal() {}

    /** What the guard has said, or what the engine says under a sentence of ours, if it says anything. */
    public static String reason(Throwable failure) {
        String message = failure.getMessage();
        if (failure instanceof UnsafeDeploymentException) {
            return message;
        }
        return message == null || message.isBlank()
                ? "流程引擎不接受，也没有说明原因。请撤销最近的修改，再一处一处地改；原因在应用的日志里，请转给开发人员。"
                : "流程引擎不接受，请按它的说明改正：\n" + message;
    }
}
