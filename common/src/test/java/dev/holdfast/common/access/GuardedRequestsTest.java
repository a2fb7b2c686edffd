package dev.holdfast.common.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.access.TokenReader.Verified;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.StatusReader;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are late or odd. */
final class GuardedRequestsTest {
  private static final String ALLOWED = "allowed";

  @TempDir private Path directory;
  private GuardedServer server;

  @BeforeEach
  void setUp() throws Exception {
    server =
        new GuardedServer(directory, "grants: {user/alice: [{role: operator, stores: [oslo]}]}");
  }

  @AfterEach
  void tearDown() {
    server.close();
  }

  private static AdjustStockRequest change(String store) {
    return AdjustStockRequest.newBuilder().setStore(store).setSku("tea").build();
  }

  private static String adjust(Channel channel, String store) {
    try {
      ClientCalls.blockingUnaryCall(
          channel,
          InventoryServiceGrpc.getAdjustStockMethod(),
          CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
          change(store));
      return ALLOWED;
    } catch (StatusRuntimeException e) {
      Refusal refusal = StatusReader.refusalOf(e);
      return refusal == null ? e.toString() : refusal.reason() + ": " + refusal.message();
    }
  }

  @Test
  void shouldRepeatOnlyTheStartOfWhatCannotBeTheNameOfAStore() {
    Channel alice = server.as("user/alice");

    assertThat(adjust(alice, "x".repeat(1 << 20)))
        .startsWith("PERMISSION_DENIED: user/alice needs the role operator for store 'xxxx")
        .endsWith("…' (1048576 characters)");
    assertThat(adjust(alice, "bergen\nERROR forged"))
        .endsWith("for store 'bergen\\u000aERROR forged'");
    assertThat(adjust(alice, "b".repeat(128)))
        .endsWith("for store '%s'".formatted("b".repeat(128)));
  }

  /** Calls that were begun before are no stock of uses of a token. */
  @Test
  void shouldRefuseARequestThatComesWhenItsTokenHasExpired() {
    server.tokens.put(
        "good",
        new Verified(
            Principal.parse("issuer|8f3a").orElseThrow(),
            List.of(Grant.parse("operator:berlin")),
            Instant.ofEpochSecond(100)));
    Channel carrier = GuardedServer.with(server.connect(null), "authorization", "Bearer good");
    CompletableFuture<Status> outcome = new CompletableFuture<>();
    ClientCall<AdjustStockRequest, AdjustStockResponse> call =
        carrier.newCall(InventoryServiceGrpc.getAdjustStockMethod(), CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            outcome.complete(status);
          }
        },
        new Metadata());
    call.request(1);
    assertThat(adjust(carrier, "berlin")).isEqualTo(ALLOWED); // behind the headers of the other

    server.now.set(Instant.ofEpochSecond(101));
    call.sendMessage(change("berlin"));
    call.halfClose();

    Status status = outcome.orTimeout(10, TimeUnit.SECONDS).join();
    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription()).isEqualTo("the token has expired");
    assertThat(server.handled).hasSize(1);
  }
}
