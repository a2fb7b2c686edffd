package dev.holdfast.common.client;

import io.grpc.Status;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Why no connection came about although something listens: the two sides differ about TLS. */
public enum TlsRefusal {
  /** This side speaks TLS, the other does not. */
  NOT_SPOKEN("the node does not speak TLS, and this client does"),

  /**
   * The other side hung up on a client that does not speak TLS. Others do that as well, such as a
   * proxy whose node is not up.
   */
  PERHAPS_WANTED(
      "the node hung up before it said anything, as one does that wants TLS, which this client does"
          + " not speak"),

  NODE_UNKNOWN("the node's certificate is of no authority that this client believes"),

  NODE_NOT_VALID_NOW("the node's certificate is not valid now, or the clock here is wrong"),

  /** The certificate is another node's, another cluster's, or revoked. */
  NODE_NOT_MEANT("the node's certificate is not taken"),

  CERTIFICATE_WANTED("the node wants a certificate, and this client shows none"),

  CERTIFICATE_EXPIRED("the node refuses this client's certificate: it has expired"),

  CERTIFICATE_REVOKED("the node refuses this client's certificate: it is revoked"),

  CERTIFICATE_UNKNOWN(
      "the node refuses this client's certificate: it is of no authority that the node believes"),

  /** The other side does not say why. */
  CERTIFICATE_REFUSED("the node refuses the connection, most likely for this client's certificate");

  private static final String HUNG_UP = "Network closed for unknown reason"; // gRPC's words
  private static final String RESET = "Connection reset"; // the operating system's
  private static final String NO_RECORD = "not an SSL/TLS record"; // Netty's

  private final String text;

  TlsRefusal(String text) {
    this.text = text;
  }

  /** Reads it from the status of a call; null for other failures. */
  static @Nullable TlsRefusal of(Status status) {
    List<Throwable> causes = causes(status);
    if (has(causes, SSLHandshakeException.class) && has(causes, CertificateException.class)) {
      return ofNode(causes);
    }
    return causes.stream()
        .filter(SSLException.class::isInstance)
        .map(cause -> String.valueOf(cause.getMessage()))
        .findFirst()
        .map(TlsRefusal::ofAlert)
        .orElse(null);
  }

  /** Whether the other side ended the connection without a word, for whatever reason. */
  static boolean isHangUp(Status status) {
    List<Throwable> causes = causes(status);
    return causes.isEmpty()
        ? HUNG_UP.equals(status.getDescription())
        : causes.stream().anyMatch(TlsRefusal::isReset);
  }

  private static boolean isReset(Throwable cause) {
    return cause instanceof IOException && String.valueOf(cause.getMessage()).contains(RESET);
  }

  private static List<Throwable> causes(Status status) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable at = status.getCause(); at != null; at = at.getCause()) {
      causes.add(at);
    }
    return causes;
  }

  private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
    return causes.stream().anyMatch(type::isInstance);
  }

  /** This side refused. */
  private static TlsRefusal ofNode(List<Throwable> causes) {
    if (has(causes, CertificateExpiredException.class)
        || has(causes, CertificateNotYetValidException.class)
        || causes.stream().anyMatch(TlsRefusal::isOfTime)) {
      return NODE_NOT_VALID_NOW;
    }
    return has(causes, CertPathValidatorException.class)
            || has(causes, CertPathBuilderException.class)
        ? NODE_UNKNOWN
        : NODE_NOT_MEANT;
  }

  private static boolean isOfTime(Throwable cause) {
    return cause instanceof CertPathValidatorException path
        && (path.getReason() == BasicReason.EXPIRED
            || path.getReason() == BasicReason.NOT_YET_VALID);
  }

  /** The other side refused, or is none of TLS. */
  private static @Nullable TlsRefusal ofAlert(String message) {
    if (message.startsWith(NO_RECORD)) {
      return NOT_SPOKEN;
    }
    String alert = message.toLowerCase(Locale.ROOT);
    if (!alert.contains("alert")) {
      return null;
    }
    if (alert.contains("certificate_required")) {
      return CERTIFICATE_WANTED;
    }
    if (alert.contains("certificate_expired")) {
      return CERTIFICATE_EXPIRED;
    }
    if (alert.contains("certificate_revoked")) {
      return CERTIFICATE_REVOKED;
    }
    if (alert.contains("unknown_ca")) {
      return CERTIFICATE_UNKNOWN;
    }
    return alert.contains("certificate") || alert.contains("internal_error")
        ? CERTIFICATE_REFUSED
        : null;
  }

  /** Whether trying again soon is of no use. */
  public boolean lasts() {
    return this != PERHAPS_WANTED;
  }

  /** Whether it comes in a handshake only, so that no call can have been made before. */
  boolean isOfHandshake() {
    return switch (this) {
      case NODE_UNKNOWN,
          NODE_NOT_VALID_NOW,
          NODE_NOT_MEANT,
          CERTIFICATE_WANTED,
          CERTIFICATE_EXPIRED,
          CERTIFICATE_REVOKED,
          CERTIFICATE_UNKNOWN ->
          true;
      case NOT_SPOKEN, PERHAPS_WANTED, CERTIFICATE_REFUSED -> false;
    };
  }

  String text() {
    return text;
  }

  /** What is wrong, in a sentence. */
  String text(Status status) {
    List<Throwable> causes = causes(status);
    return this == NODE_NOT_MEANT ? text + ": " + causes.get(causes.size() - 1).getMessage() : text;
  }
}
