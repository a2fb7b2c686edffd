package dev.holdfast.common.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Attributes;
import io.grpc.CallCredentials.MetadataApplier;
import io.grpc.CallCredentials.RequestInfo;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BearerTokenTest {
  private final BearerToken tokens = new BearerToken(() -> "secret");

  @Test
  void shouldSendATokenOverTlsToEverybody() {
    assertThat(outcome(SecurityLevel.PRIVACY_AND_INTEGRITY, at("10.0.0.1"))).isEqualTo("sent");
    assertThat(outcome(SecurityLevel.PRIVACY_AND_INTEGRITY, null)).isEqualTo("sent");
  }

  @Test
  void shouldSendATokenInTheClearToThisMachineOnly() {
    assertThat(outcome(SecurityLevel.NONE, at("127.0.0.1"))).isEqualTo("sent");
    assertThat(outcome(SecurityLevel.NONE, at("::1"))).isEqualTo("sent");

    for (SocketAddress elsewhere :
        new SocketAddress[] {
          at("10.0.0.1"), at("0.0.0.0"), at("fe80::1"), InetSocketAddress.createUnresolved("a", 1)
        }) {
      assertThat(outcome(SecurityLevel.NONE, elsewhere)).contains("UNAUTHENTICATED");
      assertThat(outcome(SecurityLevel.INTEGRITY, elsewhere)).contains("TLS only");
    }
    assertThat(outcome(SecurityLevel.NONE, null)).doesNotContain("secret").contains("TLS only");
  }

  private static SocketAddress at(String address) {
    return new InetSocketAddress(address, 7101);
  }

  private String outcome(SecurityLevel level, @Nullable SocketAddress peer) {
    String[] outcome = new String[1];
    tokens.applyRequestMetadata(
        new Call(level, peer),
        Runnable::run,
        new MetadataApplier() {
          @Override
          public void apply(Metadata headers) {
            outcome[0] = headers.toString().contains("Bearer secret") ? "sent" : "nothing";
          }

          @Override
          public void fail(Status status) {
            outcome[0] = status.toString();
          }
        });
    return outcome[0];
  }

  private static final class Call extends RequestInfo {
    private final SecurityLevel level;
    private final Attributes attributes;

    Call(SecurityLevel level, @Nullable SocketAddress peer) {
      this.level = level;
      this.attributes =
          peer == null
              ? Attributes.EMPTY
              : Attributes.newBuilder().set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, peer).build();
    }

    @Override
    public MethodDescriptor<?, ?> getMethodDescriptor() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SecurityLevel getSecurityLevel() {
      return level;
    }

    @Override
    public String getAuthority() {
      return "node";
    }

    @Override
    public Attributes getTransportAttrs() {
      return attributes;
    }
  }
}
