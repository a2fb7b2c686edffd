package dev.holdfast.common.access;

import dev.holdfast.common.status.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Is told of every call that is refused for who made it. Told on the threads of the network, so it
 * must not block.
 */
public interface RefusalWatch {
  RefusalWatch NONE = refused -> {};

  void refused(RefusedCall refused);

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
}
