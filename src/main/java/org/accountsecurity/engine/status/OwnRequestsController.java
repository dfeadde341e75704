package org.accountsecurity.engine.status;

import java.security.Principal;
import java.util.Map;
import org.accountsecurity.obligation.RequestEnding;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.text.Messages;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Returns the state of the requests of the logged-in holder, and withdraws one. */
@RestController
class OwnRequestsController {

    private final OwnRequests standing;
    private final HolderRequests requests;
    private final RequestEnding ending;

    OwnRequestsController(OwnRequests standing, HolderRequests requests, RequestEnding ending) {
        this.standing = standing;
        this.requests = requests;
        this.ending = ending;
    }

    @GetMapping("/own-requests")
    ResponseEntity<RequestStatus> standing(Principal holder, CsrfToken token) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(standing.of(holder.getName(), token.getToken()));
    }

    /** Withdraws a request in any state; an ended one stays ended. */
    @PostMapping("/own-requests/{request}/withdrawal")
    ResponseEntity<Map<String, String>> withdraw(Principal holder, @PathVariable String request) {
        if (!requests.isOf(request, holder.getName())) {
            return ResponseEntity.notFound().build();
        }
        return ending.withdraw(request, holder.getName()) == RequestEnding.Withdrawal.TOO_LATE
                ? ResponseEntity.status(HttpStatus.CONFLICT).body(Map.of("message", Messages.text("status.too-late")))
                : ResponseEntity.noContent().build();
    }
}
