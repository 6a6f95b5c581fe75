package dev.caracal.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private final AddressGuard guard = new AddressGuard(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1.2.3",
                "localhost",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "169.254.169.254",
                "169.254.170.2",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::1",
                "2130706433",
            })
    void anAddressThatIsNotPublicIsRefused(String host) {
        assertThatThrownBy(() -> guard.resolve(host))
                .isInstanceOf(AddressGuard.RefusedException.class)
                .hasMessageContaining("is not public");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.15.0.1",
                "172.32.0.1",
                "100.63.0.1",
                "100.128.0.1",
                "2606:4700:4700::1111",
                "64:ff9b::808:808",
                "2002:808:808::1",
            })
    void aPublicAddressIsTaken(String host) throws Exception {
        assertThat(guard.resolve(host)).hasSize(1);
    }

    @Test
    void aNetworkThatIsAllowedIsTakenAndNoOther() throws Exception {
        AddressGuard allowing =
                new AddressGuard(List.of(Network.parse("10.1.0.0/16"), Network.parse("fd00::/8")));

        assertThat(allowing.resolve("10.1.255.1")).hasSize(1);
        assertThat(allowing.resolve("fd12::1")).hasSize(1);
        assertThatThrownBy(() -> allowing.resolve("10.2.0.1"))
                .isInstanceOf(AddressGuard.RefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "::/129", "example.com/8", "1.2.3.4.5/8"})
    void aWrongNetworkIsRefused(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
