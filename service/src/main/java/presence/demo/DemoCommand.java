package presence.demo;

import ch.qos.logback.classic.Level;
import io.dropwizard.configuration.ResourceConfigurationSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.EnvironmentCommand;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.ConnectorFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import net.sourceforge.argparse4j.inf.Argument;
import net.sourceforge.argparse4j.inf.ArgumentParser;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import net.sourceforge.argparse4j.inf.ArgumentType;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import presence.PresenceApplication;
import presence.PresenceConfiguration;
import presence.cli.ServerStart;
import presence.cli.StartFault;
import presence.journal.JournalConfiguration;
import presence.journal.JournalException;
import presence.loop.PresenceLoop;
import presence.records.RecordsException;

/** {@code demo}: the service itself, with a contact centre at work in it. */
public final class DemoCommand extends EnvironmentCommand<PresenceConfiguration> {
    private static final int MOST_AGENTS = 2_000;
    private static final int FASTEST = 600;
    private static final int HIGHEST_PORT = 65_534;

    private final DemoApplication application;
    private @Nullable TemporaryFolder temporary;

    public DemoCommand() {
        this(new DemoApplication());
    }

    private DemoCommand(DemoApplication application) {
        super(
                application,
                "demo",
                "Serves a contact centre at work: agents and conversations to look at and play with");
        this.application = application;
    }

    @Override
    public void configure(Subparser parser) {
        parser.addArgument("--speed")
                .metavar("N|max")
                .type(new Speed())
                .setDefault(1.0)
                .help("how many times as fast as real time the day goes by, 1 to " + FASTEST
                        + ", or max for as fast as the machine allows; default 1");
        parser.addArgument("--agents")
                .metavar("N")
                .type(new Whole(10, MOST_AGENTS))
                .setDefault(200)
                .help("how many agents there are, 10 to " + MOST_AGENTS + "; default 200");
        parser.addArgument("--port")
                .metavar("PORT")
                .type(new Whole(0, HIGHEST_PORT))
                .setDefault(8080)
                .help("the port of the API on 127.0.0.1; the admin port is the next one; 0 lets the system choose both;"
                        + " default 8080");
        parser.addArgument("--data")
                .metavar("DIR")
                .help("the folder to keep the data in; by default a temporary one, which is removed at the end");
        parser.addArgument("--seed")
                .metavar("N")
                .type(Long.class)
                .help("what chance begins with, so that a day can be had again; by default another one each time");
        parser.epilog("Ctrl-C ends it. Exit code: 1 when the service cannot start: a line on standard error for each"
                + " reason.");
    }

    @Override
    public void run(Bootstrap<?> wildcard, Namespace arguments) throws Exception {
        Bootstrap<PresenceConfiguration> bootstrap = new Bootstrap<>(application);
        application.initialize(bootstrap);
        PresenceConfiguration configuration = configuration(bootstrap, arguments);
        configuration.getLoggingFactory().configure(bootstrap.getMetricRegistry(), application.getName());
        Long seed = arguments.getLong("seed");
        application.set(
                seed != null ? seed : System.nanoTime() & 0xFFFFFF,
                arguments.getInt("agents"),
                arguments.getDouble("speed"),
                temporary);
        say("A contact centre of " + application.agents + " agents; chance begins with --seed " + application.seed
                + ".");
        super.run(bootstrap, arguments, configuration);
    }

    private PresenceConfiguration configuration(Bootstrap<PresenceConfiguration> bootstrap, Namespace arguments)
            throws Exception {
        PresenceConfiguration configuration = bootstrap
                .getConfigurationFactoryFactory()
                .create(
                        PresenceConfiguration.class,
                        bootstrap.getValidatorFactory().getValidator(),
                        bootstrap.getObjectMapper(),
                        "dw")
                .build(new ResourceConfigurationSourceProvider(), "presence/demo/demo.yml");
        int port = arguments.getInt("port");
        DefaultServerFactory server = (DefaultServerFactory) configuration.getServerFactory();
        setPort(server.getApplicationConnectors(), port);
        setPort(server.getAdminConnectors(), port == 0 ? 0 : port + 1);
        Path folder = folder(arguments.getString("data"));
        configuration.setDatabase(
                JournalConfiguration.of("jdbc:sqlite:" + folder.resolve("presence.db"), null, null, null, null));
        return configuration;
    }

    private Path folder(@Nullable String data) throws IOException {
        if (data != null) {
            Path folder = Path.of(data).toAbsolutePath();
            say("Data: " + folder);
            return folder;
        }
        TemporaryFolder made = new TemporaryFolder();
        temporary = made;
        say("Data: " + made.path() + ", removed at the end (--data DIR keeps it)");
        return made.path();
    }

    private static void setPort(List<ConnectorFactory> connectors, int port) {
        connectors.forEach(connector -> ((HttpConnectorFactory) connector).setPort(port));
    }

    @Override
    protected void run(Environment environment, Namespace arguments, PresenceConfiguration configuration)
            throws Exception {
        Server server = ServerStart.start(environment, configuration, () -> {});
        String address = "http://127.0.0.1:" + port(server, "application");
        say("");
        say("Page:   " + address + "/   (the API to read and try; admin: http://127.0.0.1:" + port(server, "admin")
                + "/)");
        say("Try:    curl -s '" + address + "/v1/agents?status=FREE&limit=3'");
        say("        curl -s '" + address + "/v1/queues/support/eligible?channel=PHONE&limit=5'");
        say("        curl -s '" + address + "/v1/queues/support/eligible?channel=PHONE&include=excluded'");
        say("        curl -s '" + address + "/v1/agents/" + application.somebody + "'");
        say(
                "        curl -s -X PUT -H 'Content-Type: application/json' -d '{\"profile\":\"lunch\",\"duration\":\"PT2M\"}' \\");
        say("             '" + address + "/v1/agents/" + application.somebody + "/profile'");
        say("Ctrl-C ends it.");
    }

    private static int port(Server server, String connector) {
        return Arrays.stream(server.getConnectors())
                .filter(each -> connector.equals(each.getName()))
                .mapToInt(each -> ((ServerConnector) each).getLocalPort())
                .findFirst()
                .orElse(0);
    }

    @Override
    public void onError(Cli cli, Namespace arguments, Throwable failure) {
        StartFault.print(failure, System.err);
        TemporaryFolder made = temporary;
        if (made != null) {
            try {
                made.stop();
            } catch (IOException e) {
                System.err.println("The folder " + made.path() + " could not be removed: " + e.getMessage());
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }

    /** The service under the demo's clock, and who drives it. */
    private static final class DemoApplication extends Application<PresenceConfiguration> {
        private long seed;
        private int agents;
        private double speed;
        private @Nullable TemporaryFolder temporary;

        /** An agent who is at work now. */
        private String somebody = "";

        void set(long newSeed, int newAgents, double newSpeed, @Nullable TemporaryFolder folder) {
            seed = newSeed;
            agents = newAgents;
            speed = newSpeed;
            temporary = folder;
        }

        @Override
        public String getName() {
            return "presence";
        }

        @Override
        protected Level bootstrapLogLevel() {
            return Level.OFF;
        }

        @Override
        public void run(PresenceConfiguration configuration, Environment environment)
                throws JournalException, RecordsException {
            if (temporary != null) {
                // The first to be managed is the last to be stopped.
                environment.lifecycle().manage(temporary);
            }
            InstantSource realTime = InstantSource.system();
            Instant now = realTime.instant();
            DemoClock clock = new DemoClock(now.toEpochMilli() - Conductor.LEAD, System::nanoTime);
            PresenceLoop loop = PresenceApplication.serve(configuration, environment, clock);
            // Data of an earlier demo that ran faster may be ahead of the real time: it goes on from there.
            clock.moveTo(loop.index().publishedAt());
            ZoneId zone = HomeTown.at(clock.instant().plusMillis(Conductor.LEAD), ZoneId.systemDefault());
            Chance chance = new Chance(seed);
            Scenery scenery = Scenery.of(agents, zone, chance);
            somebody =
                    scenery.atWork(clock.instant().plusMillis(Conductor.LEAD)).id();
            Day day = new Day(scenery, new LoopFloor(loop), chance, clock.millis());
            environment.lifecycle().manage(new Conductor(day, clock, speed, realTime));
            say("Place: " + zone + ", where it is "
                    + DateTimeFormatter.ofPattern("EEEE HH:mm", Locale.ENGLISH)
                            .format(clock.instant().plusMillis(Conductor.LEAD).atZone(zone))
                    + "; time goes "
                    + (Double.isInfinite(speed)
                            ? "as fast as it can"
                            : speed == 1 ? "as it does" : speed + " times as fast as real")
                    + ".");
        }
    }

    /** A whole number within its range. */
    private static final class Whole implements ArgumentType<Integer> {
        private final int least;
        private final int most;

        Whole(int least, int most) {
            this.least = least;
            this.most = most;
        }

        @Override
        public Integer convert(ArgumentParser parser, Argument argument, String value) throws ArgumentParserException {
            try {
                int number = Integer.parseInt(value);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw expected(parser, argument, value, "a whole number");
            }
            throw expected(parser, argument, value, least + " to " + most);
        }
    }

    /** A speed, or max. */
    private static final class Speed implements ArgumentType<Double> {
        private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,3})?");

        @Override
        public Double convert(ArgumentParser parser, Argument argument, String value) throws ArgumentParserException {
            if (value.equals("max")) {
                return Double.POSITIVE_INFINITY;
            }
            double speed = NUMBER.matcher(value).matches() ? Double.parseDouble(value) : 0;
            if (speed >= 1 && speed <= FASTEST) {
                return speed;
            }
            throw expected(parser, argument, value, "1 to " + FASTEST + ", or max");
        }
    }

    private static ArgumentParserException expected(
            ArgumentParser parser, Argument argument, String value, String expected) {
        return new ArgumentParserException(
                argument.textualName() + " is '" + value + "'; expected " + expected + ".", parser);
    }
}
