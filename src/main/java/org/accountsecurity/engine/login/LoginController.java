package org.accountsecurity.engine.login;

import org.accountsecurity.engine.brand.Brand;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The login page, and the way to it from the root. */
@Controller
class LoginController {

    static final String TASKLIST = Brand.WEBAPP + "/app/tasklist/default/";

    @GetMapping("/login")
    String login(
            @RequestParam(required = false) String error,
            @RequestParam(required = false) String left,
            @RequestParam(required = false) String again,
            Model model) {
        model.addAttribute("failed", error != null);
        model.addAttribute("left", left != null);
        model.addAttribute("again", again != null);
        return "login";
    }

    @GetMapping("/")
    String root() {
        return "redirect:" + TASKLIST;
    }
}
