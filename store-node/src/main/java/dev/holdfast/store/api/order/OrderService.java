package dev.holdfast.store.api.order;

import dev.holdfast.proto.inventory.v1.OrderServiceGrpc;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import dev.holdfast.proto.inventory.v1.SubmitOrderResponse;
import dev.holdfast.store.api.call.Mutations;
import io.grpc.stub.StreamObserver;

/** Several operations on one store as one. Runs on the transport's threads, so nothing blocks. */
public final class OrderService extends OrderServiceGrpc.OrderServiceImplBase {
  private final Mutations mutations;

  public OrderService(Mutations mutations) {
    this.mutations = mutations;
  }

  @Override
  public void submitOrder(SubmitOrderRequest request, StreamObserver<SubmitOrderResponse> caller) {
    mutations.submit(OrderKinds.ORDER, request, caller);
  }
}
