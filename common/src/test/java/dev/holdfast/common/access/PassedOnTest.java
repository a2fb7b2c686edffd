package dev.holdfast.common.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Metadata;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PassedOnTest {
  private static Caller caller(String principal, String... claims) {
    return new Caller(
        Principal.parse(principal).orElseThrow(),
        who -> Rights.NONE,
        Rights.of(List.of(claims).stream().map(Grant::parse).toList()),
        () -> null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user/alice",
        "service/a+b@c",
        "https://login.example/x?y=1|8f3a,b c%",
        "issuer|Zoë ☂ ",
        "i|a+b"
      })
  void shouldTravelAsItIs(String principal) {
    Metadata headers = new Metadata();

    PassedOn.put(headers, caller(principal, "operator:köln, süd", "viewer:a%2C*", "admin"));
    PassedOn read = Objects.requireNonNull(PassedOn.of(headers));

    assertThat(headers.get(PassedOn.PRINCIPAL)).matches("[!-~]+");
    assertThat(headers.get(PassedOn.GRANTS)).matches("[!-~]+");
    assertThat(read.principal().text()).isEqualTo(principal);
    assertThat(read.claims().grants())
        .containsExactly(
            Grant.parse("operator:köln, süd"), Grant.parse("viewer:a%2C*"), Grant.parse("admin:*"));
  }

  @Test
  void shouldSayNothingWhileSecurityIsOff() {
    Metadata headers = new Metadata();

    PassedOn.put(headers, Caller.ANYBODY);

    assertThat(headers.keys()).isEmpty();
    assertThat(PassedOn.of(headers)).isNull();
  }

  @Test
  void shouldSayNoClaimsOfWhoHasNone() {
    Metadata headers = new Metadata();

    PassedOn.put(headers, caller("user/alice"));

    assertThat(headers.containsKey(PassedOn.GRANTS)).isFalse();
    assertThat(Objects.requireNonNull(PassedOn.of(headers)).claims()).isEqualTo(Rights.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"node/node-b", "anonymous", "", "nobody", "user/%ZZ", "user/a%00b"})
  void shouldNameWhoMakesCalls(String header) {
    Metadata headers = new Metadata();
    headers.put(PassedOn.PRINCIPAL, header);

    assertThatThrownBy(() -> PassedOn.of(headers)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"peer", "peer:*", "root", "viewer:*,", "viewer"})
  void shouldClaimWhatCanBeGranted(String grants) {
    Metadata headers = new Metadata();
    headers.put(PassedOn.PRINCIPAL, "issuer|alice");
    headers.put(PassedOn.GRANTS, grants);

    assertThatThrownBy(() -> PassedOn.of(headers)).isInstanceOf(IllegalArgumentException.class);
  }
}
