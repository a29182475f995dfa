package presence.webhook;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses webhooks may be sent to: those of the internet, and those of networks that {@code config.yml} allows. So
 * nobody who may register a webhook reaches what only this machine reaches. Immutable.
 */
final class Addresses {
    /** What is not the internet, as IANA's registries of special addresses have it. */
    private static final List<Network> SPECIAL = Stream.of(
                    "0.0.0.0/8", // this network
                    "10.0.0.0/8", // private
                    "100.64.0.0/10", // behind a carrier's address translation
                    "127.0.0.0/8", // this machine
                    "169.254.0.0/16", // link-local, and where clouds keep their secrets
                    "172.16.0.0/12", // private
                    "192.0.0.0/24", // protocol assignments
                    "192.0.2.0/24", // documentation
                    "192.88.99.0/24", // relays that are no more
                    "192.168.0.0/16", // private
                    "198.18.0.0/15", // benchmarks
                    "198.51.100.0/24", // documentation
                    "203.0.113.0/24", // documentation
                    "224.0.0.0/4", // multicast
                    "240.0.0.0/4", // reserved, and broadcast
                    "64:ff9b:1::/48", // translation within a network
                    "100::/64", // discarded
                    "2001::/23", // Teredo, benchmarks and other protocols
                    "2001:db8::/32", // documentation
                    "3fff::/20", // documentation
                    "5f00::/16", // segment routing
                    "fc00::/7", // unique local
                    "fe80::/10", // link-local
                    "fec0::/10", // site-local
                    "ff00::/8") // multicast
            .map(Network::of)
            .toList();

    /** IPv4 addresses inside IPv6 ones, and from which byte on: what they stand for counts. */
    private static final List<Inside> INSIDE = List.of(
            new Inside(Network.of("::/96"), 12), // unspecified, this machine, and what was once IPv4-compatible
            new Inside(Network.of("64:ff9b::/96"), 12), // NAT64
            new Inside(Network.of("2002::/16"), 2)); // 6to4

    private record Inside(Network network, int from) {}

    private final List<Network> allowed;

    /** @param allowed networks of one's own that may be sent to, as {@code 10.1.0.0/16} */
    Addresses(Collection<String> allowed) {
        this.allowed = allowed.stream().map(Network::of).toList();
    }

    /** Whether all of these may be sent to: over TLS the internet's and the allowed ones, else the allowed ones alone. */
    boolean mayBeSentTo(Collection<InetAddress> addresses, boolean tls) {
        return !addresses.isEmpty()
                && addresses.stream().allMatch(address -> isAllowed(address) || (tls && isOfTheInternet(address)));
    }

    private boolean isAllowed(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.has(bytes(address)));
    }

    private static boolean isOfTheInternet(InetAddress address) {
        return isOfTheInternet(bytes(address));
    }

    /** The address, without the wrapping of an IPv4-mapped one; Java mostly takes that off by itself. */
    private static byte[] bytes(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean mapped = bytes.length == 16 && bytes[10] == -1 && bytes[11] == -1;
        for (int i = 0; mapped && i < 10; i++) {
            mapped = bytes[i] == 0;
        }
        return mapped ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
    }

    private static boolean isOfTheInternet(byte[] address) {
        if (SPECIAL.stream().anyMatch(network -> network.has(address))) {
            return false;
        }
        for (Inside inside : INSIDE) {
            if (inside.network.has(address)) {
                return isOfTheInternet(Arrays.copyOfRange(address, inside.from, inside.from + 4));
            }
        }
        return true;
    }
}
