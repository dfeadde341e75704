package org.accountsecurity.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.accountsecurity.text.Sentence;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DeploymentFailureTest {

    @Test
    @DisplayName("what the engine says follows a sentence of ours; where it says nothing, ours says what to do")
    void whereTheEngineSaysNothingOursSaysWhatToDo() {
        assertThat(DeploymentFailure.text(new IllegalStateException("no such task")))
                .isEqualTo("流程引擎不接受，请按它的说明改正：\nno such task");
        assertThat(DeploymentFailure.text(new NullPointerException()))
                .doesNotContain("null")
                .contains("请撤销最近的修改");
        assertThat(DeploymentFailure.text(new StackOverflowError()))
                .isEqualTo(DeploymentFailure.text(new IllegalStateException(" ")));
    }

    @Test
    @DisplayName("what the guard says stands as it is")
    void whatTheGuardSaysStandsAsItIs() {
        UnsafeDeploymentException refused = new UnsafeDeploymentException(
                Sentence.of("guard.refused"), List.of(Sentence.plain("Flow_1 没有条件。请填写条件。")));

        assertThat(DeploymentFailure.text(refused)).isEqualTo(refused.getMessage());
    }
}
