package presence.bench;

import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import presence.PresenceApplication;
import presence.PresenceConfiguration;

/** The server, and beside its own resources one that answers bytes it was given: what HTTP costs without any engine. */
public final class ServerWithConstant extends Application<PresenceConfiguration> {
    /** Answered by a resource, in the way the server's own are. */
    static final String PATH = "/bench/constant/eligible?channel=CHAT&limit=20";

    /** Answered by a servlet, with nothing between it and Jetty. */
    static final String SERVLET = "/bench-servlet";

    private final PresenceApplication presence = new PresenceApplication();
    private final Constant constant = new Constant();

    /** Runs the server as {@link PresenceApplication} does. */
    public static void main(String[] arguments) throws Exception {
        new ServerWithConstant().run(arguments);
    }

    @Override
    public void initialize(Bootstrap<PresenceConfiguration> bootstrap) {
        presence.initialize(bootstrap);
    }

    @Override
    public void run(PresenceConfiguration configuration, Environment environment) throws Exception {
        presence.run(configuration, environment);
        environment.jersey().register(constant);
        environment
                .servlets()
                .addServlet("bench", new ConstantServlet(constant))
                .addMapping(SERVLET);
    }

    /** Answers the bytes it was given last. */
    @Path("/bench")
    public static final class Constant {
        private volatile byte[] bytes = {};

        @GET
        @Path("{id}/eligible")
        @Produces(MediaType.APPLICATION_JSON)
        public Response get(@PathParam("id") String id, @Context UriInfo uri) {
            return Response.ok(bytes, MediaType.APPLICATION_JSON_TYPE).build();
        }

        @PUT
        @Path("{id}/eligible")
        @Consumes(MediaType.APPLICATION_OCTET_STREAM)
        public void put(@PathParam("id") String id, byte[] body) {
            bytes = body;
        }
    }

    @SuppressWarnings("serial") // never written
    private static final class ConstantServlet extends HttpServlet {
        private final Constant constant;

        ConstantServlet(Constant constant) {
            this.constant = constant;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            response.setContentLength(constant.bytes.length);
            response.getOutputStream().write(constant.bytes);
        }
    }
}
