package presence.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/** What commands take that ask a service: where it is, whom it trusts, and the key, which is no argument itself. */
final class ServiceArguments {
    /** The variable of the environment that holds the key. */
    static final String KEY = "PRESENCE_KEY";

    private static final int LARGEST_KEY = 16_384;

    private ServiceArguments() {}

    static void addTo(Subparser parser) {
        parser.addArgument("--server")
                .metavar("URL")
                .setDefault("http://127.0.0.1:8080")
                .help("the service (default: http://127.0.0.1:8080)");
        parser.addArgument("--key-file")
                .metavar("FILE")
                .help("holds the key of the API, with the role ANALYST; without it the environment variable " + KEY
                        + " does, if it is set");
        parser.addArgument("--ca-file")
                .metavar("FILE")
                .help("certificates in PEM that are trusted in place of those that Java trusts");
        parser.addArgument("--plain-http")
                .action(Arguments.storeTrue())
                .help("lets the key go to another machine over http, where it can be read on the way");
    }

    /** The service that the arguments name. */
    static RunningService service(Namespace arguments, Map<String, String> environment) throws CommandFailed {
        URI address = address(arguments.getString("server"));
        String key = key(arguments.getString("key_file"), environment);
        if (key != null && !arguments.getBoolean("plain_http") && exposes(address)) {
            throw unusable("The key would go to " + address + " over http, where it can be read on the way. Maybe use"
                    + " https, or say --plain-http.");
        }
        String authorities = arguments.getString("ca_file");
        return new RunningService(address, key, authorities == null ? null : trusting(Path.of(authorities)));
    }

    private static URI address(String text) throws CommandFailed {
        try {
            URI address = new URI(text.replaceAll("/+$", ""));
            if (address.getRawUserInfo() != null) {
                throw unusable("--server holds a name or password; the key is taken from " + KEY + " or --key-file.");
            }
            if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw unusable("--server is '" + text + "'; expected an address such as https://presence.example:8443.");
    }

    private static boolean exposes(URI address) {
        return "http".equals(address.getScheme())
                && !address.getHost().matches("localhost|127\\.[0-9.]+|\\[(::1|0:0:0:0:0:0:0:1)]");
    }

    private static @Nullable String key(@Nullable String file, Map<String, String> environment) throws CommandFailed {
        String key = file == null ? environment.get(KEY) : inFile(Path.of(file));
        if (key == null || (file == null && key.isEmpty())) {
            return null;
        }
        // What was found is not shown: it may be nearly the key.
        if (!key.matches("[!-~]{1," + LARGEST_KEY + "}")) {
            throw unusable((file == null ? KEY : file) + " holds no key; expected one line without blanks.");
        }
        return key;
    }

    private static String inFile(Path file) throws CommandFailed {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LARGEST_KEY + 2), java.nio.charset.StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw unusable("The key cannot be read from " + file + ": " + RulesFolder.reason(e) + ".");
        }
    }

    private static SSLContext trusting(Path file) throws CommandFailed {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("authority-" + trusted.size(), certificate);
            }
            if (trusted.size() == 0) {
                throw unusable(file + " holds no certificate; expected one or more in PEM.");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw unusable("The certificates cannot be read from " + file + ": " + RulesFolder.reason(e) + ".");
        } catch (GeneralSecurityException e) {
            throw unusable("The certificates in " + file + " cannot be used: " + e.getMessage() + ".");
        }
    }

    private static CommandFailed unusable(String line) {
        return new CommandFailed(CommandFailed.UNUSABLE, line);
    }
}
