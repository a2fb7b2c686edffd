package dev.holdfast.common.client;

import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc;
import dev.holdfast.proto.inventory.v1.TransferServiceGrpc;
import io.grpc.MethodDescriptor;

/**
 * A kind of call.
 *
 * @param isMutation whether it may change something, so that without an answer the outcome is
 *     unknown
 */
record Operation<Q, R>(MethodDescriptor<Q, R> method, boolean isMutation) {
  static <Q, R> Operation<Q, R> read(MethodDescriptor<Q, R> method) {
    return new Operation<>(method, false);
  }

  static <Q, R> Operation<Q, R> mutation(MethodDescriptor<Q, R> method) {
    return new Operation<>(method, true);
  }

  /** Whether the server may wait on purpose; it is then given a deadline. */
  boolean mayWait() {
    return GlobalStockServiceGrpc.SERVICE_NAME.equals(method.getServiceName())
        || TransferServiceGrpc.getReceiveTransferMethod().equals(method);
  }
}
