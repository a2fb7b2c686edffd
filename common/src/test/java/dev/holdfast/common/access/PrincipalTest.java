package dev.holdfast.common.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.access.Principal.Kind;
import dev.holdfast.common.tls.CertificateName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PrincipalTest {
  @ParameterizedTest
  @CsvSource({
    "user/alice, USER",
    "service/shop-1, SERVICE",
    "node/node-a, NODE",
    "https://login.example/x|8f3a, TOKEN",
    "issuer|user/alice, TOKEN"
  })
  void shouldReadItsText(String text, Kind kind) {
    Principal principal = Principal.parse(text).orElseThrow();

    assertThat(principal.kind()).isEqualTo(kind);
    assertThat(principal.text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "alice",
        "anonymous",
        "system",
        "user/",
        "user/a/b",
        "robot/r2",
        "|subject",
        "issuer|",
        "user/al ice"
      })
  void shouldReadNoOtherText(String text) {
    assertThat(Principal.parse(text)).isEmpty();
  }

  /** A zero byte parts the fields of receipts' keys. */
  @Test
  void shouldHoldNoControlCharacters() {
    assertThat(Principal.parse("issuer|a\0b")).isEmpty();
    assertThat(Principal.parse("issuer|a\nb")).isEmpty();
  }

  @Test
  void shouldBeBounded() {
    assertThat(Principal.parse("i|" + "x".repeat(Principal.BYTES_MAX - 2))).isPresent();
    assertThat(Principal.parse("i|" + "x".repeat(Principal.BYTES_MAX - 1))).isEmpty();
    assertThat(Principal.parse("i|" + "é".repeat(Principal.BYTES_MAX / 2))).isEmpty();
  }

  @Test
  void shouldBeOfACertificate() {
    CertificateName name = CertificateName.parse("spiffe://prod/service/shop").orElseThrow();

    assertThat(Principal.of(name)).isEqualTo(new Principal(Kind.SERVICE, "service/shop"));
    assertThat(Principal.of(name).id()).isEqualTo("shop");
  }

  @Test
  void shouldBeOfATokenOnlyIfIssuerAndSubjectCanBeToldApart() {
    assertThat(Principal.ofToken("https://a", "x|y"))
        .map(Principal::text)
        .contains("https://a|x|y");
    assertThat(Principal.ofToken("https://a|x", "y")).isEmpty();
    assertThat(Principal.ofToken("", "y")).isEmpty();
    assertThat(Principal.ofToken("https://a", "")).isEmpty();
  }
}
