package presence.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses may be sent to. */
class AddressesTest {
    private final Addresses nothingAllowed = new Addresses(List.of());

    private static List<InetAddress> addresses(String... addresses) {
        return Arrays.asList(RunningWebhooks.addresses(addresses));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1.2.3",
                "127.1",
                "2130706433",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::127.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::8.8.8.8",
                "2002:7f00:1::",
                "2002:a00:1::1",
                "2002:c0a8:101::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "2001:db8::1",
                "3fff::1",
                "100::1",
                "fc00::1",
                "fdff::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1"
            })
    void what_is_not_the_internet_may_not(String address) {
        assertThat(nothingAllowed.mayBeSentTo(addresses(address), true)).isFalse();
        assertThat(nothingAllowed.mayBeSentTo(addresses("8.8.8.8", address), true))
                .as("beside one that may")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "11.0.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "126.255.255.255",
                "128.0.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.167.255.255",
                "192.169.0.1",
                "198.17.255.255",
                "198.20.0.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450:4001::1",
                "64:ff9b::8.8.8.8",
                "2002:808:808::1",
                "::ffff:8.8.8.8"
            })
    void the_internet_may_by_tls_alone(String address) {
        assertThat(nothingAllowed.mayBeSentTo(addresses(address), true)).isTrue();
        assertThat(nothingAllowed.mayBeSentTo(addresses(address), false)).isFalse();
    }

    @Test
    void networks_of_ones_own_may_when_they_are_named() {
        Addresses some = new Addresses(List.of("10.1.0.0/16", "fd00:1::/32"));
        assertThat(some.mayBeSentTo(addresses("10.1.2.3"), false)).isTrue();
        assertThat(some.mayBeSentTo(addresses("::ffff:10.1.2.3"), false)).isTrue();
        assertThat(some.mayBeSentTo(addresses("10.1.2.3", "8.8.8.8"), true)).isTrue();
        assertThat(some.mayBeSentTo(addresses("10.1.2.3", "8.8.8.8"), false)).isFalse();
        assertThat(some.mayBeSentTo(addresses("10.2.0.1"), true)).isFalse();
        assertThat(some.mayBeSentTo(addresses("fd00:1::7"), false)).isTrue();
        assertThat(some.mayBeSentTo(addresses("fd00:2::7"), true)).isFalse();
        assertThat(some.mayBeSentTo(List.of(), true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.0.0/16", "0.0.0.0/0", "127.0.0.1/32", "fd00::/8", "::1/128", "::/0"})
    void a_network_is_read(String text) {
        assertThat(Network.read(text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.0.0",
                "10.1.0.0/33",
                "10.1.0.1/16",
                "10.1/16",
                "localhost/8",
                "fd00::/129",
                "fd00::1/64",
                "::ffff:10.0.0.0/104",
                "",
                "/8"
            })
    void what_is_no_network_is_none(String text) {
        assertThat(Network.read(text)).isNull();
    }
}
