package org.accountsecurity.engine.identity;

import java.util.List;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationManager;

/**
 * Takes the groups of a login as they are. The engine would first leave out those that have no authorization, and reads
 * every authorization there is to know them, of which there is one for each open task; a group without any grants nothing.
 */
public class LoginGroups extends AuthorizationManager {

    @Override
    public List<String> filterAuthenticatedGroupIds(List<String> groups) {
        return groups == null ? List.of() : groups;
    }

    /** Makes one for each command. */
    public static class Factory implements SessionFactory {

        @Override
        public Class<?> getSessionType() {
            return AuthorizationManager.class;
        }

        @Override
        public Session openSession() {
            return new LoginGroups();
        }
    }
}
