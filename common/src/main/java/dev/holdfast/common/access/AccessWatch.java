package dev.holdfast.common.access;

import dev.holdfast.common.net.Handshakes;
import dev.holdfast.common.status.Refusal;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Is told what an audit asks about: connections and calls that are refused for who made them, calls
 * that need the role admin or copy a whole partition, and changes of whom this node believes. Told
 * on the threads of the network, so it must not block.
 */
public interface AccessWatch extends AutoCloseable {
  AccessWatch NONE = call -> {};

  /** Is told of a call that was refused. */
  void refused(RefusedCall call);

  /** Is told of a connection that came to nothing, since its TLS handshake failed. */
  default void handshakeFailed(Handshakes.Failed handshake) {}

  /** Is told when an admin's call ended, and when a copy of a whole partition begins. */
  default void made(NotableCall call) {}

  /**
   * Is told when files or keys that decide whom to believe were read again.
   *
   * @param problem why those read before stay in force; null when the new ones are
   */
  default void read(Source source, String what, @Nullable String problem) {}

  /** Why it cannot keep what it is told; null while it can. */
  default @Nullable String problem() {
    return null;
  }

  @Override
  default void close() {}

  /** What decides whom to believe. */
  enum Source {
    /** The file of grants. */
    GRANTS,
    /** Certificates and revocation lists. */
    CERTIFICATES,
    /** The keys of the issuer of tokens. */
    TOKEN_KEYS
  }

  /**
   * A refused call.
   *
   * @param principal null when it is not known
   * @param address of the connection, without the port
   * @param method full name
   */
  record RefusedCall(
      @Nullable Principal principal,
      String address,
      String method,
      String requestId,
      Refusal refusal) {}

  /**
   * A call that was allowed.
   *
   * @param address of the connection, without the port
   * @param method full name
   * @param request as text; such requests hold no secrets
   * @param isExport whether it copies a whole partition; else it needs the role admin
   * @param code how it ended; OK for one that goes on
   */
  record NotableCall(
      Principal principal,
      String address,
      String method,
      String requestId,
      String request,
      boolean isExport,
      Status.Code code) {}
}
