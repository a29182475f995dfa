package presence.door;

import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.core.server.SimpleServerFactory;
import io.dropwizard.jetty.ConnectorFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import presence.door.AuthenticationConfiguration.Mode;

/** Finds connectors through which others than this machine would come in without being asked who they are. */
public final class OpenDoors {
    private OpenDoors() {}

    /** A line for each connector that cannot be as it is; none if nobody else comes in, or everybody is asked. */
    public static List<String> faults(AuthenticationConfiguration authentication, ServerFactory factory) {
        List<String> faults = new ArrayList<>();
        if (authentication.mode() == Mode.NONE) {
            if (factory instanceof DefaultServerFactory server) {
                look("server.applicationConnectors", server.getApplicationConnectors(), faults);
                look("server.adminConnectors", server.getAdminConnectors(), faults);
            } else if (factory instanceof SimpleServerFactory server) {
                look("server.connector", List.of(server.getConnector()), faults);
            } else {
                faults.add("server.type: only 'default' and 'simple' can be used without authentication.");
            }
        }
        return faults;
    }

    /** Whether others than this machine can reach the connectors for operations. */
    public static boolean operationsReachable(ServerFactory factory) {
        List<String> found = new ArrayList<>();
        if (factory instanceof DefaultServerFactory server) {
            look("server.adminConnectors", server.getAdminConnectors(), found);
        }
        return !found.isEmpty();
    }

    private static void look(String setting, List<ConnectorFactory> connectors, List<String> faults) {
        for (int i = 0; i < connectors.size(); i++) {
            String host = connectors.get(i) instanceof HttpConnectorFactory http ? http.getBindHost() : null;
            if (!isLoopback(host)) {
                faults.add(
                        setting + "[" + i + "].bindHost: " + (host == null || host.isEmpty() ? "every address" : host)
                                + " can be reached from other machines, and authentication.mode is NONE: everybody could do"
                                + " everything. Maybe set bindHost to 127.0.0.1, or authentication.mode to KEYS.");
            }
        }
    }

    private static boolean isLoopback(@Nullable String host) {
        if (host == null || host.isEmpty()) {
            return false;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
