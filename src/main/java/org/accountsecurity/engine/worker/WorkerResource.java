package org.accountsecurity.engine.worker;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.rest.dto.VariableValueDto;
import org.camunda.bpm.engine.variable.value.PrimitiveValue;

/** The requests of Camunda's external task clients that a worker needs. */
@Path("/external-task")
@Produces(MediaType.APPLICATION_JSON)
public class WorkerResource {

    private final ExternalTasks tasks;

    @Inject
    public WorkerResource(ExternalTasks tasks) {
        this.tasks = tasks;
    }

    @POST
    @Path("fetchAndLock")
    public List<Map<String, Object>> fetchAndLock(InputStream body, @Context SecurityContext login) {
        WorkerRequest request = WorkerRequest.read(body);
        Worker worker = worker(request, login);
        return tasks.fetchAndLock(worker, request).stream()
                .map(task -> shown(task, worker))
                .toList();
    }

    @POST
    @Path("{id}/complete")
    public void complete(@PathParam("id") String id, InputStream body, @Context SecurityContext login) {
        WorkerRequest request = WorkerRequest.read(body);
        tasks.complete(id, worker(request, login), request);
    }

    @POST
    @Path("{id}/bpmnError")
    public void bpmnError(@PathParam("id") String id, InputStream body, @Context SecurityContext login) {
        WorkerRequest request = WorkerRequest.read(body);
        tasks.handleBpmnError(id, worker(request, login), request);
    }

    @POST
    @Path("{id}/failure")
    public void failure(@PathParam("id") String id, InputStream body, @Context SecurityContext login) {
        WorkerRequest request = WorkerRequest.read(body);
        tasks.handleFailure(id, worker(request, login), request);
    }

    @POST
    @Path("{id}/extendLock")
    public void extendLock(@PathParam("id") String id, InputStream body, @Context SecurityContext login) {
        WorkerRequest request = WorkerRequest.read(body);
        tasks.extendLock(id, worker(request, login), request);
    }

    @POST
    @Path("{id}/unlock")
    public void unlock(@PathParam("id") String id, @Context SecurityContext login) {
        tasks.unlock(id, login.getUserPrincipal().getName());
    }

    private static Worker worker(WorkerRequest request, SecurityContext login) {
        return new Worker(login.getUserPrincipal().getName(), request.text("workerId"));
    }

    /** The fields of a task that a worker needs. */
    private static Map<String, Object> shown(LockedExternalTask task, Worker worker) {
        Map<String, VariableValueDto> variables = new HashMap<>();
        task.getVariables().keySet().forEach(name -> {
            if (task.getVariables().getValueTyped(name) instanceof PrimitiveValue<?> value) {
                variables.put(name, VariableValueDto.fromTypedValue(value));
            }
        });
        Map<String, Object> shown = new HashMap<>();
        shown.put("id", task.getId());
        shown.put("workerId", worker.id());
        shown.put("topicName", task.getTopicName());
        shown.put("businessKey", task.getBusinessKey());
        shown.put("activityId", task.getActivityId());
        shown.put("lockExpirationTime", task.getLockExpirationTime());
        shown.put("retries", task.getRetries());
        shown.put("priority", task.getPriority());
        shown.put("variables", variables);
        return shown;
    }
}
