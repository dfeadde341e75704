package org.accountsecurity.contest;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The page behind the link of a notice. Reading it changes nothing, since mail scanners read what they find. Attempts are
 * not counted: a token has 128 bits, and a limit would only let others keep the holder away.
 */
@Controller
class ContestController {

    private static final String PAGE = "/not-me/{token}";
    private static final Map<Effect, String> ASKS =
            Map.of(Effect.STOPS, "asksToStop", Effect.RESTRICTS, "asksToRestrict", Effect.NONE, "asksTooLate");
    private static final Map<Effect, String> DONE =
            Map.of(Effect.STOPS, "stopped", Effect.RESTRICTS, "restricted", Effect.NONE, "tooLate");

    private final Contests contests;

    ContestController(Contests contests) {
        this.contests = contests;
    }

    @GetMapping(PAGE)
    String ask(
            @PathVariable String token,
            @RequestParam(required = false) String again,
            Model model,
            HttpServletResponse response) {
        model.addAttribute("again", again != null);
        return page(
                contests.prospect(token).map(prospect -> part(ASKS.get(prospect.effect()), prospect.occasion(), "")),
                model,
                response);
    }

    @PostMapping(PAGE)
    String contest(@PathVariable String token, Model model, HttpServletResponse response) {
        return page(
                contests.contest(token)
                        .map(contest -> part(DONE.get(contest.effect()), contest.occasion(), contest.number())),
                model,
                response);
    }

    private static Map<String, Object> part(String name, Occasion occasion, String number) {
        return Map.of(name, true, "what", occasion.what(), "number", number);
    }

    private static String page(Optional<Map<String, Object>> part, Model model, HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
        model.addAllAttributes(part.orElse(Map.of("over", true)));
        return "not-me";
    }
}
