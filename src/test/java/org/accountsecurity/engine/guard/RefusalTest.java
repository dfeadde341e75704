package org.accountsecurity.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RefusalTest {

    @Test
    @DisplayName("what the engine says follows a sentence of ours; where it says nothing, ours says what to do")
    void whereTheEngineSaysNothingOursSaysWhatToDo() {
        assertThat(Refusal.reason(new IllegalStateException("no such task")))
                .isEqualTo("流程引擎不接受，请按它的说明改正：\nno such task");
        assertThat(Refusal.reason(new NullPointerException()))
                .doesNotContain("null")
                .contains("请撤销最近的修改");
        assertThat(Refusal.reason(new StackOverflowError())).isEqualTo(Refusal.reason(new IllegalStateException(" ")));
    }

    @Test
    @DisplayName("what the guard says stands as it is")
    void whatTheGuardSaysStandsAsItIs() {
        UnsafeDeploymentException refused = new UnsafeDeploymentException("Flow_1 没有条件。请填写条件。");

        assertThat(Refusal.reason(refused)).isEqualTo(refused.getMessage());
    }
}
