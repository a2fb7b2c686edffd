package dev.holdfast.common.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.StatusReader;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AnswerBudgetTest {
  private static final GetStockRequest LARGE = ServerFixture.store("large");

  private final AnswerBudget budget = new AnswerBudget(16 << 20);
  private final GrpcServer server =
      GrpcServer.builder("127.0.0.1", 0, "holdfast.grpc.port")
          .service(new FakeInventory())
          .answers(budget)
          .start();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<ClientCall<?, ?>> unread = new ArrayList<>();
  private final Queue<Reason> refusals = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    server.close();
  }

  @Test
  void shouldRefuseAnswersThatNobodyReads() {
    ManagedChannel channel = channel();

    callWithoutReading(channel, InventoryServiceGrpc.getGetStockMethod(), LARGE, 50);

    await().until(() -> refusals.size() >= 45);
    assertThat(refusals).containsOnly(Reason.OVERLOADED);
    assertThat(budget.taken()).isPositive().isLessThan(6 << 20);
  }

  /** The change was made: that its answer found no room must not say otherwise. */
  @Test
  void shouldNotSayThatAChangeWasNotTried() {
    ManagedChannel channel = channel();

    callWithoutReading(
        channel,
        InventoryServiceGrpc.getSubmitBatchMethod(),
        SubmitBatchRequest.getDefaultInstance(),
        20);

    await().until(() -> refusals.size() >= 15);
    assertThat(refusals).containsOnly(Reason.OUTCOME_UNKNOWN);
  }

  @Test
  void shouldLeaveRoomForOtherConnections() {
    callWithoutReading(channel(), InventoryServiceGrpc.getGetStockMethod(), LARGE, 50);
    await().until(() -> refusals.size() >= 45);

    for (int i = 0; i < 20; i++) {
      assertThat(readAll(channel())).isEqualTo(FakeInventory.LARGE_BYTES);
    }
  }

  @Test
  void shouldTakeBackWhatWasReadOrGivenUp() {
    ManagedChannel channel = channel();
    for (int i = 0; i < 20; i++) {
      assertThat(readAll(channel)).isEqualTo(FakeInventory.LARGE_BYTES);
    }
    callWithoutReading(channel(), InventoryServiceGrpc.getGetStockMethod(), LARGE, 50);
    await().until(() -> refusals.size() >= 45);

    unread.forEach(call -> call.cancel("enough", null));

    await().untilAsserted(() -> assertThat(budget.taken()).isZero());
  }

  /** Those that end make room for others: a caller that reads gets as many pages as it likes. */
  @Test
  void shouldWorkOnFewPagesOfAConnectionAtATime() {
    var list = InventoryServiceGrpc.getListStockMethod();
    var all = ListStockRequest.getDefaultInstance();
    ManagedChannel channel = channel();
    for (int i = 0; i < 30; i++) {
      var unused = InventoryServiceGrpc.newBlockingStub(channel).listStock(all);
    }
    assertThat(refusals).isEmpty();

    callWithoutEnd(channel, list, all, 30);

    await().until(() -> refusals.size() == 22);
    assertThat(refusals).containsOnly(Reason.OVERLOADED);
    unread.forEach(call -> call.cancel("enough", null));
    await()
        .ignoreExceptions()
        .until(() -> InventoryServiceGrpc.newBlockingStub(channel).listStock(all) != null);
  }

  /** Opens calls that the caller does not end; as streams, or gRPC would not send them yet. */
  private <Q, R> void callWithoutEnd(
      ManagedChannel channel, MethodDescriptor<Q, R> method, Q request, int times) {
    for (int i = 0; i < times; i++) {
      var open = method.toBuilder().setType(MethodType.BIDI_STREAMING).build();
      ClientCall<Q, R> call = channel.newCall(open, CallOptions.DEFAULT);
      call.start(counting(), new Metadata());
      call.sendMessage(request);
      unread.add(call);
    }
  }

  private static int readAll(ManagedChannel channel) {
    return InventoryServiceGrpc.newBlockingStub(channel)
        .getStock(LARGE)
        .getStock()
        .getSku()
        .length();
  }

  private ManagedChannel channel() {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port())
            .usePlaintext()
            .flowControlWindow(64 << 10)
            .build();
    channels.add(channel);
    return channel;
  }

  /** Never asks for the message, so that the window closes. */
  private <Q, R> void callWithoutReading(
      ManagedChannel channel, MethodDescriptor<Q, R> method, Q request, int times) {
    for (int i = 0; i < times; i++) {
      ClientCall<Q, R> call = channel.newCall(method, CallOptions.DEFAULT);
      call.start(counting(), new Metadata());
      call.sendMessage(request);
      call.halfClose();
      unread.add(call);
    }
  }

  private <R> ClientCall.Listener<R> counting() {
    return new ClientCall.Listener<>() {
      @Override
      public void onClose(Status status, Metadata trailers) {
        @Nullable Reason reason = StatusReader.reasonOf(status.asRuntimeException(trailers));
        if (reason != null) {
          refusals.add(reason);
        }
      }
    };
  }
}
