package dev.holdfast.common.access;

import dev.holdfast.common.access.Identity.Known;
import dev.holdfast.common.access.Identity.Unknown;
import dev.holdfast.common.access.TokenReader.Refused;
import dev.holdfast.common.access.TokenReader.Verdict;
import dev.holdfast.common.access.TokenReader.Verified;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.tls.CertificateName;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Tells who makes a call: by the certificate of its connection, by a token that it carries, or by
 * what a peer says that passes it on. A token is believed before the certificate of who carries it,
 * so that a gateway does not lend its own rights.
 */
final class Authentication {
  private static final String SCHEME = "bearer ";

  private final String cluster;
  private final AccessBook book;
  private final Predicate<X509Certificate> revoked;
  private final TokenReader tokens;
  private final InstantSource clock;

  /**
   * @param cluster id of the cluster, in the names of all certificates
   * @param revoked whether an authority took a certificate back
   */
  Authentication(
      String cluster,
      AccessBook book,
      Predicate<X509Certificate> revoked,
      TokenReader tokens,
      InstantSource clock) {
    this.cluster = cluster;
    this.book = book;
    this.revoked = revoked;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Who a connection is from. Its certificate was checked when it was made. */
  Identity of(@Nullable SSLSession session) {
    return of(certificate(session));
  }

  private static @Nullable X509Certificate certificate(@Nullable SSLSession session) {
    if (session == null) {
      return null;
    }
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate shown ? shown : null;
    } catch (SSLPeerUnverifiedException none) {
      return null;
    }
  }

  Identity of(@Nullable X509Certificate certificate) {
    if (certificate == null) {
      return Unknown.because("sign in: no certificate was shown, and no bearer token was sent");
    }
    CertificateName name = CertificateName.of(certificate).orElse(null);
    if (name == null) {
      return Unknown.because(
          "the certificate has no name, or several: it needs one URI spiffe://%s/user/ID"
              .formatted(cluster));
    }
    return name.cluster().equals(cluster)
        ? new Known(new Caller(Principal.of(name), book::of, Rights.NONE, () -> lapse(certificate)))
        : Unknown.because(
            "the certificate is of the cluster %s, not of %s".formatted(name.cluster(), cluster));
  }

  private @Nullable String lapse(X509Certificate certificate) {
    return revoked.test(certificate) ? "the certificate was revoked" : null;
  }

  /**
   * Who a token is for.
   *
   * @param authorization the whole header
   * @param from address of the caller without its port
   * @param told is told once, at once or later on another thread
   */
  void ofToken(String authorization, String from, Consumer<Identity> told) {
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      told.accept(Unknown.because("the header authorization must be: Bearer TOKEN"));
      return;
    }
    String token = authorization.substring(SCHEME.length()).trim();
    tokens.read(token, from, verdict -> told.accept(of(verdict)));
  }

  private Identity of(Verdict verdict) {
    if (verdict instanceof Verified verified) {
      return new Known(
          new Caller(
              verified.principal(), book::of, verified.claims(), () -> lapse(verified.until())));
    }
    Refused refused = (Refused) verdict;
    return refused.isForNow()
        ? new Unknown(new Refusal(Reason.OVERLOADED, "not tried: " + refused.why()))
        : Unknown.because(refused.why());
  }

  private @Nullable String lapse(Instant until) {
    return clock.instant().isAfter(until) ? "the token has expired" : null;
  }

  /**
   * Who a call is of that a peer passed on.
   *
   * @param connection who passed it on; anybody but a store node is refused
   * @param passedOn null when the peer names nobody: then the call is its own
   */
  Identity ofPassedOn(Caller connection, @Nullable PassedOn passedOn) {
    if (!connection.has(Role.PEER)) {
      return new Unknown(noPeer(connection));
    }
    if (passedOn == null) {
      return new Known(connection);
    }
    Principal principal = passedOn.principal();
    return new Known(new Caller(principal, book::of, passedOn.claims(), () -> null));
  }

  private static Refusal noPeer(Caller connection) {
    String what =
        "%s sends headers of a call that is passed on, which needs the role %s"
            .formatted(connection, Role.PEER.text());
    return new Refusal(Reason.PERMISSION_DENIED, what, Map.of(Refusal.ROLE, Role.PEER.text()));
  }

  /** What a principal may do as far as this node knows it without a call. */
  Caller callerOf(Principal principal) {
    return new Caller(principal, book::of, Rights.NONE, () -> null);
  }
}
