package org.accountsecurity.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** The holder of a benchmark's account, who answers every form as somebody who wants to get through. */
record Holder(String account, String phone, String newPhone) {

    /** The same for the same number, in every database. */
    static Holder of(int number) {
        UUID id = UUID.nameUUIDFromBytes(("holder " + number).getBytes(StandardCharsets.UTF_8));
        return new Holder("acct-" + id, String.format("139%08d", number), String.format("138%08d", number));
    }

    /**
     * What the holder submits.
     *
     * @param codes waits for the code that is sent to one of these numbers
     */
    Map<String, Object> answer(String userTask, Function<String[], String> codes) {
        return switch (userTask) {
            case "UserTask_ReadNotice" -> Map.of("choice", "CONTINUE", "consent", true, "channel", "SMS");
            case "UserTask_ReadUnbindingNotice" -> Map.of("choice", "CONTINUE", "channel", "SMS");
            case "UserTask_EnterNewPhone" -> Map.of("choice", "CONTINUE", "newPhone", newPhone);
            case "UserTask_EnterCode" -> Map.of("choice", "SUBMIT", "code", code(codes));
            case "UserTask_ConfirmDeregistration", "UserTask_ConfirmUnbinding" -> Map.of("choice", "CONFIRM");
            default -> Map.of();
        };
    }

    private String code(Function<String[], String> codes) {
        return codes.apply(new String[] {newPhone, phone});
    }
}
