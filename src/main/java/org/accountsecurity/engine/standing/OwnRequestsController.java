package org.accountsecurity.engine.standing;

import java.security.Principal;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a holder where the own requests stand; the login says whose they are. */
@RestController
class OwnRequestsController {

    private final OwnRequests requests;

    OwnRequestsController(OwnRequests requests) {
        this.requests = requests;
    }

    @GetMapping("/own-requests")
    ResponseEntity<Standing> standing(Principal holder) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(requests.of(holder.getName()));
    }
}
