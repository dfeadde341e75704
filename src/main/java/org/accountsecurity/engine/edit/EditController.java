package org.accountsecurity.engine.edit;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Shows a process owner what was deployed of what was saved, and what was not. */
@Controller
@Profile("demo")
class EditController {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT);

    private final EditedModels models;
    private final EditWatch watch;
    private final Clock clock;

    EditController(EditedModels models, EditWatch watch, Clock clock) {
        this.models = models;
        this.watch = watch;
        this.clock = clock;
    }

    @GetMapping("/edit")
    String page(Model model) {
        EditedModels.State state = models.state();
        model.addAttribute("watching", watch.isRunning());
        model.addAttribute("deployedAt", time(state.deployedAt()));
        model.addAttribute("deployed", state.deployed());
        model.addAttribute("refusedAt", time(state.refusedAt()));
        model.addAttribute("refusal", state.refusal().stream().findFirst().orElse(""));
        model.addAttribute("findings", state.refusal().stream().skip(1).toList());
        return "edit";
    }

    private String time(Instant instant) {
        return instant == null ? null : TIME.format(instant.atZone(clock.getZone()));
    }
}
