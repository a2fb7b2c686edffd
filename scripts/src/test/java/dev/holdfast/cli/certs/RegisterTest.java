package dev.holdfast.cli.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.tls.CertificateName;
import dev.holdfast.common.tls.CertificateName.Kind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RegisterTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final String TEXT =
      """
      a1\tspiffe://shop/user/alice\t2027-01-01T00:00:00Z\tca\t-
      b2\tspiffe://shop/user/bob\t2027-01-01T00:00:00Z\tca\t2026-11-01T00:00:00Z
      """;

  @Test
  void shouldReadWhatItWrites() {
    assertThat(Register.parse(TEXT).text(NOW)).isEqualTo(TEXT);
    assertThatThrownBy(() -> Register.parse("a1\tspiffe://shop/user/alice"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldKeepSinceWhenANameIsRevoked() {
    CertificateName bob = new CertificateName("shop", Kind.USER, "bob");

    assertThat(Register.parse(TEXT).revoked(bob, NOW).text(NOW)).isEqualTo(TEXT);
  }

  /** A clock that is behind would take one for valid that a list did not name any more. */
  @Test
  void shouldForgetACertificateOnlyLongAfterItsEnd() {
    Instant end = Instant.parse("2027-01-01T00:00:00Z");

    assertThat(Register.parse(TEXT).text(end.plus(Duration.ofDays(29)))).isEqualTo(TEXT);
    assertThat(Register.parse(TEXT).text(end.plus(Duration.ofDays(31)))).isEmpty();
  }
}
