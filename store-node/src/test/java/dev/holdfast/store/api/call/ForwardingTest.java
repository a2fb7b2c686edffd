package dev.holdfast.store.api.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers to the caller of a node whose call the leading node does not answer. */
final class ForwardingTest {
  private final BlockingQueue<StreamObserver<AdjustStockResponse>> atTheLeader =
      new LinkedBlockingQueue<>();
  private final AtomicReference<@Nullable Throwable> heard = new AtomicReference<>();
  private Server leader;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    leader =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(
                new InventoryServiceGrpc.InventoryServiceImplBase() {
                  @Override
                  public void adjustStock(
                      AdjustStockRequest request, StreamObserver<AdjustStockResponse> out) {
                    atTheLeader.add(out);
                  }
                })
            .build()
            .start();
    channel = NettyChannelBuilder.forTarget("127.0.0.1:" + leader.getPort()).usePlaintext().build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    leader.shutdownNow();
  }

  private void forward() {
    StreamObserver<AdjustStockResponse> caller =
        new StreamObserver<>() {
          @Override
          public void onNext(AdjustStockResponse response) {
            heard.set(new AssertionError("nobody answered"));
          }

          @Override
          public void onError(Throwable error) {
            heard.set(error);
          }

          @Override
          public void onCompleted() {}
        };
    ClientCalls.asyncUnaryCall(
        channel.newCall(InventoryServiceGrpc.getAdjustStockMethod(), CallOptions.DEFAULT),
        AdjustStockRequest.getDefaultInstance(),
        new Forwarding.Honest<>(caller));
  }

  private @Nullable Reason reason() {
    await().until(() -> heard.get() != null);
    return HoldfastException.from(Objects.requireNonNull(heard.get())).reason();
  }

  /** It may have been proposed, and applied by others. */
  @Test
  void shouldNotKnowTheOutcomeWhenTheLeaderDiesUnderTheCall() throws Exception {
    forward();
    atTheLeader.take();

    leader.shutdownNow();

    assertThat(reason()).isEqualTo(Reason.OUTCOME_UNKNOWN);
  }

  @Test
  void shouldSayThatNothingWasTriedWhenTheLeaderCannotBeReached() throws Exception {
    leader.shutdownNow().awaitTermination();

    forward();

    assertThat(reason()).isEqualTo(Reason.NO_LEADER);
  }

  @Test
  void shouldPassOnWhatTheLeaderSays() throws Exception {
    forward();

    atTheLeader
        .take()
        .onError(Statuses.exception(Statuses.of(Reason.INSUFFICIENT_STOCK, "too few")));

    assertThat(reason()).isEqualTo(Reason.INSUFFICIENT_STOCK);
  }
}
