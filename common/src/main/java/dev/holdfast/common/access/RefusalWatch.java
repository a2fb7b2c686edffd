package dev.holdfast.common.access;

import dev.holdfast.common.status.Refusal;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Is told of every call that is refused for who made it, and of those that an audit asks about. Told
 * on the threads of the network, so it must not block.
 */
public interface RefusalWatch {
  RefusalWatch NONE = refused -> {};

  void refused(RefusedCall refused);

  /** Is told when an admin's call ended, and when a copy of a whole partition begins. */
  default void made(NotableCall call) {}

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
