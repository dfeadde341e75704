package org.accountsecurity.engine.login;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.accountsecurity.engine.identity.Groups;
import org.accountsecurity.text.Messages;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.identity.WritableIdentityProvider;
import org.camunda.bpm.engine.impl.identity.db.DbGroupQueryImpl;
import org.camunda.bpm.engine.impl.identity.db.DbIdentityServiceProvider;
import org.camunda.bpm.engine.impl.identity.db.DbUserQueryImpl;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.GroupEntity;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;

/**
 * Finds staff in the engine's tables and, of holders, only the one who is logged in: the engine reveals no other
 * customer.
 */
public class HolderIdentityProvider extends DbIdentityServiceProvider {

    /** Opens one provider for each command. */
    public static class Factory implements SessionFactory {

        @Override
        public Class<?> getSessionType() {
            return WritableIdentityProvider.class;
        }

        @Override
        public Session openSession() {
            return new HolderIdentityProvider();
        }
    }

    @Override
    public List<User> findUserByQueryCriteria(DbUserQueryImpl query) {
        Optional<String> holder = CurrentLogin.holder();
        if (holder.isEmpty()) {
            return super.findUserByQueryCriteria(query);
        }
        boolean self = holder.get().equals(query.getId())
                || (query.getIds() != null && Arrays.asList(query.getIds()).contains(holder.get()));
        return self ? List.of(user(holder.get())) : List.of();
    }

    @Override
    public long findUserCountByQueryCriteria(DbUserQueryImpl query) {
        // the webapp itself asks for administrators before it serves a page
        return CurrentLogin.holder().isEmpty() || Groups.ADMINISTRATOR.equals(query.getGroupId())
                ? super.findUserCountByQueryCriteria(query)
                : findUserByQueryCriteria(query).size();
    }

    @Override
    public List<Group> findGroupByQueryCriteria(DbGroupQueryImpl query) {
        Optional<String> holder = CurrentLogin.holder();
        if (holder.isEmpty()) {
            return super.findGroupByQueryCriteria(query);
        }
        boolean self = holder.get().equals(query.getUserId());
        return self ? List.of(new GroupEntity(Groups.ACCOUNT_HOLDER)) : List.of();
    }

    @Override
    public long findGroupCountByQueryCriteria(DbGroupQueryImpl query) {
        return CurrentLogin.holder().isEmpty()
                ? super.findGroupCountByQueryCriteria(query)
                : findGroupByQueryCriteria(query).size();
    }

    /** A session of a holder can't test passwords. */
    @Override
    public boolean checkPassword(String userId, String password) {
        return CurrentLogin.holder().isEmpty() && super.checkPassword(userId, password);
    }

    private static UserEntity user(String id) {
        UserEntity user = new UserEntity(id);
        user.setFirstName(Messages.text("login.my-account"));
        user.setLastName("");
        return user;
    }
}
