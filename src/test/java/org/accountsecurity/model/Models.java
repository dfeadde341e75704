package org.accountsecurity.model;

import java.io.File;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** The models and forms as they stand in the repository. */
final class Models {

    private Models() {}

    static List<File> files(String folder, String extension) {
        File[] files = new File(folder).listFiles((directory, name) -> name.endsWith("." + extension));
        return Stream.of(files).sorted(Comparator.comparing(File::getName)).toList();
    }

    static Stream<BpmnModelInstance> diagrams() {
        return files("processes", "bpmn").stream().map(Bpmn::readModelFromFile);
    }

    static <T extends ModelElementInstance> List<T> elements(Class<T> type) {
        return diagrams()
                .flatMap(diagram -> diagram.getModelElementsByType(type).stream())
                .toList();
    }

    static Process process(String key) {
        return Bpmn.readModelFromFile(new File("processes", key + ".bpmn"))
                .getModelElementsByType(Process.class)
                .iterator()
                .next();
    }

    static String name(File file) {
        return file.getName().substring(0, file.getName().lastIndexOf('.'));
    }
}
