package org.accountsecurity.testing;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** Notes every sequence flow that a test takes. */
public class FlowCoverage extends AbstractProcessEnginePlugin implements ExecutionListener {

    /** A flow taken by a test. */
    public record Pass(String process, String flow, RunningTest.Name test) {}

    static final Set<Pass> PASSES = ConcurrentHashMap.newKeySet();

    /** Adds the passes of this fork to those that the others of the same run have left in the folder. */
    static Set<Pass> ofAllForks(Path folder) throws IOException {
        ObjectMapper json = new ObjectMapper();
        String run = System.getProperty("account-security.test.run", "alone").replace(':', '-');
        String fork = System.getProperty("surefire.forkNumber", "1");
        Files.writeString(folder.resolve(run + "-" + fork), json.writeValueAsString(PASSES));
        Set<Pass> all = new HashSet<>();
        try (DirectoryStream<Path> forks = Files.newDirectoryStream(folder, run + "-*")) {
            for (Path one : forks) {
                all.addAll(json.readValue(one.toFile(), new TypeReference<Set<Pass>>() {}));
            }
        }
        return all;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.getCustomPostBPMNParseListeners().add(new AbstractBpmnParseListener() {
            @Override
            public void parseSequenceFlow(Element element, ScopeImpl scope, TransitionImpl transition) {
                transition.addListener(ExecutionListener.EVENTNAME_TAKE, FlowCoverage.this);
            }
        });
    }

    @Override
    public void notify(DelegateExecution execution) {
        String processKey = ((ExecutionEntity) execution).getProcessDefinition().getKey();
        PASSES.add(new Pass(processKey, execution.getCurrentTransitionId(), RunningTest.name()));
    }
}
