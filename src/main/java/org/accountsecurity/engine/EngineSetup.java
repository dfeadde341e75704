package org.accountsecurity.engine;

import java.util.List;
import java.util.Map;
import org.accountsecurity.engine.identity.Groups;
import org.accountsecurity.text.Messages;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Creates groups, filters, authorizations and the users of the demo, where they are missing, at every start. */
@Component
class EngineSetup implements SmartInitializingSingleton {

    private final AuthorizationService authorizations;
    private final IdentityService identity;
    private final FilterService filters;
    private final TaskService tasks;
    private final ManagementService management;
    private final JdbcClient jdbc;
    private final Environment environment;

    EngineSetup(
            AuthorizationService authorizations,
            IdentityService identity,
            FilterService filters,
            TaskService tasks,
            ManagementService management,
            JdbcClient jdbc,
            Environment environment) {
        this.authorizations = authorizations;
        this.identity = identity;
        this.filters = filters;
        this.tasks = tasks;
        this.management = management;
        this.jdbc = jdbc;
        this.environment = environment;
    }

    /** Runs after the deployment and before the first request. */
    @Override
    public void afterSingletonsInstantiated() {
        ensureDueDates();
        ensureGroup(Groups.ADMINISTRATOR, "group.administrator");
        ensureGroup(Groups.PROCESS_OWNER, "group.process-owner");
        ensureGroup(Groups.SUPPORT, "group.support");
        ensureGroup(Groups.WORKER, "group.worker");
        if (environment.acceptsProfiles(Profiles.of("demo"))) {
            ensureStaff("owner", Groups.PROCESS_OWNER);
            ensureStaff("support", Groups.SUPPORT);
            ensureStaff("worker", Groups.WORKER);
        }
        String filter = ensureFilter(
                Messages.text("filter.my-tasks"),
                0,
                tasks.createTaskQuery().taskAssigneeExpression("${currentUser()}"));
        String supportFilter = ensureFilter(
                Messages.text("filter.support-tasks"),
                10,
                tasks.createTaskQuery().taskCandidateGroup(Groups.SUPPORT).includeAssignedTasks());

        grant(Groups.ACCOUNT_HOLDER, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
        grant(Groups.ACCOUNT_HOLDER, Resources.PROCESS_INSTANCE, Authorization.ANY, Permissions.CREATE);
        grant(Groups.ACCOUNT_HOLDER, Resources.FILTER, filter, Permissions.READ);

        for (String staff : List.of(Groups.PROCESS_OWNER, Groups.SUPPORT)) {
            grant(staff, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
            grant(staff, Resources.APPLICATION, "cockpit", Permissions.ACCESS);
            grant(staff, Resources.FILTER, filter, Permissions.READ);
            grant(staff, Resources.PROCESS_INSTANCE, Authorization.ANY, Permissions.READ);
            grant(
                    staff,
                    Resources.PROCESS_DEFINITION,
                    Authorization.ANY,
                    ProcessDefinitionPermissions.READ,
                    ProcessDefinitionPermissions.READ_INSTANCE);
        }
        grant(Groups.SUPPORT, Resources.FILTER, supportFilter, Permissions.READ);
        grant(Groups.PROCESS_OWNER, Resources.DEPLOYMENT, Authorization.ANY, Permissions.READ, Permissions.CREATE);
        grant(Groups.PROCESS_OWNER, Resources.DECISION_DEFINITION, Authorization.ANY, Permissions.READ);
    }

    /** Gives a due date to jobs without one: an engine that acquires by due date takes them last. */
    private void ensureDueDates() {
        jdbc.sql("select ID_ from ACT_RU_JOB where DUEDATE_ is null")
                .query(String.class)
                .list()
                .forEach(this::ensureDueDate);
    }

    private void ensureDueDate(String job) {
        try {
            management.setJobDuedate(job, ClockUtil.getCurrentTime());
        } catch (ProcessEngineException e) {
            // another node was first
        }
    }

    private void ensureGroup(String id, String nameKey) {
        if (identity.createGroupQuery().groupId(id).count() == 0) {
            Group group = identity.newGroup(id);
            group.setName(Messages.text(nameKey));
            group.setType("WORKFLOW");
            identity.saveGroup(group);
        }
    }

    /** Users of the demo; the password is the user id. */
    private void ensureStaff(String id, String group) {
        if (identity.createUserQuery().userId(id).count() == 0) {
            User user = identity.newUser(id);
            user.setPassword(id);
            identity.saveUser(user);
            identity.createMembership(id, group);
        }
    }

    private String ensureFilter(String name, int position, TaskQuery query) {
        Filter filter = filters.createFilterQuery().filterName(name).singleResult();
        if (filter == null) {
            filter = filters.newTaskFilter(name)
                    .setQuery(query)
                    .setProperties(Map.of("priority", position, "refresh", true, "color", "#2f6f4f"));
            filters.saveFilter(filter);
        }
        return filter.getId();
    }

    private void grant(String group, Resource resource, String resourceId, Permission... permissions) {
        boolean granted = authorizations
                        .createAuthorizationQuery()
                        .groupIdIn(group)
                        .resourceType(resource)
                        .resourceId(resourceId)
                        .count()
                > 0;
        if (!granted) {
            Authorization authorization = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
            authorization.setGroupId(group);
            authorization.setResource(resource);
            authorization.setResourceId(resourceId);
            authorization.setPermissions(permissions);
            authorizations.saveAuthorization(authorization);
        }
    }
}
