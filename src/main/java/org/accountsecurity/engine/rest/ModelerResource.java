package org.accountsecurity.engine.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.accountsecurity.engine.guard.DeploymentFailure;
import org.accountsecurity.text.Messages;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.ProcessEnginePersistenceException;
import org.camunda.bpm.engine.rest.dto.VersionDto;
import org.camunda.bpm.engine.rest.dto.repository.DeploymentDto;
import org.camunda.bpm.engine.rest.exception.InvalidRequestException;
import org.camunda.bpm.engine.rest.impl.DeploymentRestServiceImpl;
import org.camunda.bpm.engine.rest.impl.VersionRestService;
import org.camunda.bpm.engine.rest.mapper.MultipartFormData;

/** The three requests of Modeler's deploy dialog. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class ModelerResource {

    private static final String ENGINE = "default";
    private static final Set<String> FIELDS =
            Set.of("deployment-name", "deployment-source", "enable-duplicate-filtering");
    private static final Pattern FILE = Pattern.compile("[^/\\\\]+\\.(bpmn|dmn|form)");
    /** Jackson 2, which the constructors of Camunda's REST interface take. */
    private static final ObjectMapper JSON = new ObjectMapper();

    @GET
    @Path("version")
    public VersionDto version() {
        return new VersionRestService(ENGINE, JSON).getVersion();
    }

    /** Empty: Modeler only tests the address and the password with it. */
    @GET
    @Path("deployment")
    public List<DeploymentDto> deployments() {
        return List.of();
    }

    @POST
    @Path("deployment/create")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public DeploymentDto create(@Context UriInfo uri, MultipartFormData form) {
        form.getPartNames().forEach(name -> check(form.getNamedPart(name)));
        try {
            return new DeploymentRestServiceImpl(ENGINE, JSON).createDeployment(uri, form);
        } catch (AuthorizationException
                | BadUserRequestException
                | OptimisticLockingException
                | ParseException
                | ProcessEnginePersistenceException e) {
            throw e;
        } catch (ProcessEngineException e) {
            // the REST interface would answer 500 for a refused model
            throw new InvalidRequestException(Response.Status.BAD_REQUEST, e, DeploymentFailure.text(e));
        }
    }

    private static void check(MultipartFormData.FormPart part) {
        boolean known = part.getFileName() == null
                ? FIELDS.contains(part.getFieldName())
                : FILE.matcher(part.getFileName()).matches();
        if (!known) {
            throw new InvalidRequestException(Response.Status.BAD_REQUEST, Messages.text("rest.deployment-part"));
        }
    }
}
