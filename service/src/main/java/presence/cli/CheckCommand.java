package presence.cli;

import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.core.server.SimpleServerFactory;
import io.dropwizard.jetty.ConnectorFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;
import presence.PresenceConfiguration;
import presence.door.OpenDoors;
import presence.engine.InvalidRulesException;
import presence.engine.RuleBook;
import presence.journal.JournalException;
import presence.journal.TablesVersion;

/** {@code check [config.yml]}: says everything that would keep the service from starting, and changes nothing. */
final class CheckCommand extends SettingsCommand {

    CheckCommand(Console console) {
        super("check", "Checks the settings, and whether the service could start with them now", console);
    }

    @Override
    public void configure(Subparser parser) {
        super.configure(parser);
        parser.epilog("Looks at every setting, the rules, the database and the ports, and changes nothing. The service"
                + " must not be running: its own ports and database would be in use. Exit code: 0 when the service can"
                + " start; 1 when not: a line on standard error for each fault.");
    }

    @Override
    void run(String settings, PresenceConfiguration configuration) throws Exception {
        List<String> faults = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        checkRules(configuration, faults, findings);
        checkDatabase(configuration, faults, findings);
        faults.addAll(OpenDoors.faults(configuration.getAuthentication(), configuration.getServerFactory()));
        checkPorts(configuration.getServerFactory(), faults);
        if (!faults.isEmpty()) {
            throw new CommandFailed(CommandFailed.FAULTS, faults);
        }
        console.say(settings + ": no faults; " + String.join("; ", findings) + ".");
    }

    private static void checkRules(PresenceConfiguration configuration, List<String> faults, List<String> findings) {
        try {
            RuleBook rules = RuleBook.compile(configuration.getRules().files());
            String folder = configuration.getRules().folder();
            findings.add(rules.rules().size() + " rules " + (folder == null ? "of the program" : "in " + folder));
        } catch (InvalidRulesException e) {
            faults.addAll(StartFault.rules(configuration, e));
        }
    }

    private static void checkDatabase(PresenceConfiguration configuration, List<String> faults, List<String> findings) {
        try {
            TablesVersion tables = configuration.getDatabase().look();
            findings.add("the database " + tables.database()
                    + (tables.found() == null
                            ? " is made at the start"
                            : tables.upToDate()
                                    ? " is at version " + tables.known()
                                    : " is brought from version " + tables.found() + " to " + tables.known()
                                            + " at the start"));
        } catch (JournalException e) {
            faults.add(e.getMessage());
        }
    }

    private static void checkPorts(ServerFactory factory, List<String> faults) {
        if (factory instanceof DefaultServerFactory server) {
            checkPorts("server.applicationConnectors", server.getApplicationConnectors(), faults);
            checkPorts("server.adminConnectors", server.getAdminConnectors(), faults);
        } else if (factory instanceof SimpleServerFactory server) {
            checkPort("server.connector", server.getConnector(), faults);
        }
    }

    private static void checkPorts(String setting, List<ConnectorFactory> connectors, List<String> faults) {
        for (int i = 0; i < connectors.size(); i++) {
            checkPort(setting + "[" + i + "]", connectors.get(i), faults);
        }
    }

    private static void checkPort(String setting, ConnectorFactory connector, List<String> faults) {
        if (!(connector instanceof HttpConnectorFactory http) || http.getPort() == 0) {
            return;
        }
        @Nullable String host = http.getBindHost();
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(
                    host == null
                            ? new InetSocketAddress(http.getPort())
                            : new InetSocketAddress(InetAddress.getByName(host), http.getPort()));
        } catch (IOException e) {
            faults.add(setting + ": cannot listen on " + (host == null ? "*" : host) + ":" + http.getPort() + ": "
                    + e.getMessage() + ". Maybe another process has the port; stop it, or set another one.");
        }
    }
}
