package org.accountsecurity.engine.login;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.accountsecurity.text.TypedText;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Authenticates staff and workers against the users of the engine. */
class StaffLogins implements AuthenticationProvider {

    private final IdentityService identity;
    private final Set<String> excluded;

    /** @param excluded groups whose members can't log in here */
    StaffLogins(IdentityService identity, Set<String> excluded) {
        this.identity = identity;
        this.excluded = excluded;
    }

    @Override
    public Authentication authenticate(Authentication login) {
        String userId = TypedText.plain(login.getName());
        if (!identity.checkPassword(userId, String.valueOf(login.getCredentials()))) {
            throw new BadCredentialsException("wrong user or password");
        }
        List<String> groups = identity.createGroupQuery().groupMember(userId).list().stream()
                .map(Group::getId)
                .toList();
        if (!Collections.disjoint(groups, excluded)) {
            throw new BadCredentialsException("not by this door");
        }
        return UsernamePasswordAuthenticationToken.authenticated(
                userId, null, groups.stream().map(SimpleGrantedAuthority::new).toList());
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
