package presence.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A network: the addresses that begin with the same bits. Immutable. */
final class Network {
    // Digits and colons: nothing that would be looked up as a name.
    private static final Pattern FORM =
            Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|(?=[^/]*:)[0-9A-Fa-f:.]{2,45})/([0-9]{1,3})");

    private final byte[] address;
    private final int prefix;

    private Network(byte[] address, int prefix) {
        this.address = address;
        this.prefix = prefix;
    }

    /** A network as {@code 10.1.0.0/16} or {@code fd00:1::/32}; null if it is none. */
    static @Nullable Network read(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        try {
            byte[] address = InetAddress.getByName(matcher.group(1)).getAddress();
            int prefix = Integer.parseInt(matcher.group(2));
            boolean four = matcher.group(1).indexOf(':') < 0;
            if (prefix > 8 * address.length || four != (address.length == 4)) {
                return null;
            }
            Network network = new Network(address, prefix);
            return network.hasBitsAfterPrefix() ? null : network;
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** The same for one that the program names. */
    static Network of(String text) {
        Network network = read(text);
        if (network == null) {
            throw new IllegalArgumentException("This is no network: " + text);
        }
        return network;
    }

    private boolean hasBitsAfterPrefix() {
        for (int bit = prefix; bit < 8 * address.length; bit++) {
            if ((address[bit / 8] & (0x80 >> (bit % 8))) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether the address, as its bytes, is in it. */
    boolean has(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (address[i] != other[i]) {
                return false;
            }
        }
        int rest = prefix % 8;
        return rest == 0 || ((address[whole] ^ other[whole]) & 0xff & (0xff00 >> rest)) == 0;
    }
}
