package dev.holdfast.common.client;

import dev.holdfast.proto.cluster.v1.AccessServiceGrpc;
import dev.holdfast.proto.cluster.v1.TestAccessRequest;
import dev.holdfast.proto.cluster.v1.TestAccessResponse;
import dev.holdfast.proto.cluster.v1.WhoAmIRequest;
import dev.holdfast.proto.cluster.v1.WhoAmIResponse;
import java.util.concurrent.CompletableFuture;

/** Calls about who may do what. Made by {@link HoldfastClient#access()} and its like. */
public final class AccessClient {
  private final Calls calls;

  AccessClient(Calls calls) {
    this.calls = calls;
  }

  /** Who this client is to the nodes. */
  public CompletableFuture<WhoAmIResponse> whoAmI() {
    return calls.read(
        AccessServiceGrpc.getWhoAmIMethod(), null, WhoAmIRequest.getDefaultInstance());
  }

  /** Whether somebody may call a method; for admins. */
  public CompletableFuture<TestAccessResponse> test(TestAccessRequest request) {
    return calls.read(AccessServiceGrpc.getTestAccessMethod(), null, request);
  }
}
