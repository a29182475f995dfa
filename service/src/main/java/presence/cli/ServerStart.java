package presence.cli;

import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/** Starts the web server, and lets go of everything if that fails: what to say about it is the caller's. */
public final class ServerStart {

    private ServerStart() {}

    /**
     * Starts the server; it then runs until the process ends.
     *
     * @param cleanup run once the server has stopped
     * @throws Exception when it cannot be started; everything that had been started is stopped again
     */
    public static Server start(Environment environment, Configuration configuration, Runnable cleanup)
            throws Exception {
        Server server = configuration.getServerFactory().build(environment);
        server.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStopped(LifeCycle event) {
                cleanup.run();
            }
        });
        try {
            server.start();
            return server;
        } catch (Exception e) {
            try {
                server.stop();
            } catch (Exception stopping) {
                e.addSuppressed(stopping);
            }
            throw e;
        }
    }
}
