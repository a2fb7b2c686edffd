package dev.holdfast.common.net;

import io.grpc.netty.shaded.io.netty.handler.ssl.NotSslRecordException;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSslCertificateException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a TLS handshake failed. A word of a fixed list: the texts of TLS libraries may quote what a
 * caller sent, which may be a secret that came in the clear.
 */
public enum HandshakeFault {
  /** The caller shows none where one is needed. */
  NO_CERTIFICATE,
  UNKNOWN_AUTHORITY,
  /** Or is not valid yet. */
  EXPIRED,
  REVOKED,
  /** Anything else, such as plaintext. */
  NOT_TLS,
  /** The caller speaks older versions only. */
  OLD_TLS,
  /** The caller ended it by an alert: it does not believe this node, for instance. */
  CALLER_REFUSED,
  /** It did not come to an end in time. */
  TIMEOUT,
  /** The caller went away, as a probe that only looks whether the port is open. */
  UNFINISHED,
  OTHER;

  private static final int CODE_OF_REVOKED = 23; // X509_V_ERR_CERT_REVOKED

  /** The word in metrics and in the audit stream. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The reason of a failure, by the first of its causes that tells. */
  public static HandshakeFault of(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      HandshakeFault fault = ofType(at);
      if (fault == null) {
        fault = ofText(String.valueOf(at.getMessage()));
      }
      if (fault != null) {
        return fault;
      }
    }
    return OTHER;
  }

  private static @Nullable HandshakeFault ofType(Throwable failure) {
    if (failure instanceof OpenSslCertificateException refused
        && refused.errorCode() == CODE_OF_REVOKED) {
      return REVOKED;
    }
    if (failure instanceof CertificateExpiredException
        || failure instanceof CertificateNotYetValidException) {
      return EXPIRED;
    }
    if (failure instanceof CertPathBuilderException
        || (failure instanceof CertPathValidatorException path
            && path.getReason() == PKIXReason.NO_TRUST_ANCHOR)) {
      return UNKNOWN_AUTHORITY;
    }
    if (failure instanceof NotSslRecordException) {
      return NOT_TLS;
    }
    return failure instanceof ClosedChannelException ? UNFINISHED : null;
  }

  /** TLS of Java, and that which is native, tell the rest by texts only. */
  private static @Nullable HandshakeFault ofText(String text) {
    if (text.contains("PEER_DID_NOT_RETURN_A_CERTIFICATE")) {
      return NO_CERTIFICATE;
    }
    if (text.contains("UNSUPPORTED_PROTOCOL") || text.contains("protocol versions")) {
      return OLD_TLS;
    }
    if (text.contains("plaintext connection")) {
      return NOT_TLS;
    }
    return text.contains("ALERT") || text.contains("fatal alert") ? CALLER_REFUSED : null;
  }
}
