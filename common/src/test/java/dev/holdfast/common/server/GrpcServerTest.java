package dev.holdfast.common.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.StatusReader;
import dev.holdfast.proto.inventory.v1.GetStockResponse;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GrpcServerTest {
  private final ServerFixture fixture = new ServerFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void shouldSayWhichKeyToChangeWhenThePortIsTaken() {
    int taken = fixture.server.port();

    assertThatThrownBy(
            () -> GrpcServer.builder("127.0.0.1", taken, "holdfast.cluster.nodes").start())
        .isInstanceOf(ConfigException.class)
        .hasMessageMatching(
            "gRPC cannot listen on 127\\.0\\.0\\.1:%d \\(.*Address already in use\\): "
                    .formatted(taken)
                + "stop what holds it or change holdfast\\.cluster\\.nodes");
  }

  @Test
  void shouldTellItsHealth() {
    var health = HealthGrpc.newBlockingStub(fixture.channel);
    HealthCheckRequest all = HealthCheckRequest.getDefaultInstance();
    assertThat(health.check(all).getStatus()).isEqualTo(ServingStatus.SERVING);

    fixture.server.health().setStatus("", ServingStatus.NOT_SERVING);

    assertThat(health.check(all).getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
  }

  /** The library answers a second announcement by a stack trace in the log. */
  @Test
  void shouldAnnounceItsStopOnce() throws InterruptedException {
    List<String> warnings = new CopyOnWriteArrayList<>();
    Logger library = Logger.getLogger("io.grpc.protobuf.services.HealthServiceImpl");
    Handler handler =
        new StreamHandler() {
          @Override
          public synchronized void publish(LogRecord entry) {
            warnings.add(entry.getMessage());
          }
        };
    library.addHandler(handler);

    fixture.server.announceStop();
    fixture.server.shutdown(Duration.ofSeconds(5));
    fixture.server.close();
    library.removeHandler(handler);

    assertThat(warnings).isEmpty();
  }

  @Test
  void shouldListItsServices() throws Exception {
    CompletableFuture<List<String>> services = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> asking =
        ServerReflectionGrpc.newStub(fixture.channel).serverReflectionInfo(firstList(services));

    asking.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());

    assertThat(services.get(10, TimeUnit.SECONDS))
        .contains("holdfast.inventory.v1.InventoryService", "grpc.health.v1.Health");
    asking.onCompleted();
  }

  /** As many tools still ask. */
  @Test
  void shouldListItsServicesInTheOlderWayToo() throws Exception {
    CompletableFuture<Integer> services = new CompletableFuture<>();
    var asking =
        io.grpc.reflection.v1alpha.ServerReflectionGrpc.newStub(fixture.channel)
            .serverReflectionInfo(
                new StreamObserver<io.grpc.reflection.v1alpha.ServerReflectionResponse>() {
                  @Override
                  public void onNext(io.grpc.reflection.v1alpha.ServerReflectionResponse response) {
                    services.complete(response.getListServicesResponse().getServiceCount());
                  }

                  @Override
                  public void onError(Throwable failure) {
                    services.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });

    asking.onNext(
        io.grpc.reflection.v1alpha.ServerReflectionRequest.newBuilder()
            .setListServices("")
            .build());

    assertThat(services.get(10, TimeUnit.SECONDS)).isEqualTo(4);
    asking.onCompleted();
  }

  /** UNKNOWN would say that it may have happened. */
  @Test
  void shouldRefuseBytesThatAreNoMessage() {
    var garbage = new byte[] {(byte) 0xff, (byte) 0xff, 1};

    assertThatThrownBy(
            () ->
                ClientCalls.blockingUnaryCall(
                    fixture.capturing(), RAW, CallOptions.DEFAULT, garbage))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure -> {
              assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
              assertThat(StatusReader.reasonOf(failure)).isEqualTo(Reason.VALIDATION);
              assertThat(failure.getStatus().getDescription())
                  .isEqualTo(
                      "request: must be the protobuf message that"
                          + " holdfast.inventory.v1.InventoryService/GetStock takes");
            });
    assertThat(fixture.idInTrailers()).isNotNull();
    assertThat(fixture.inventory.requestIds).isEmpty();
  }

  private static final MethodDescriptor<byte[], byte[]> RAW =
      InventoryServiceGrpc.getGetStockMethod().toBuilder(new Bytes(), new Bytes()).build();

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void shouldRefuseRequestsThatAreTooLarge() {
    String large = "x".repeat(GrpcServer.MESSAGE_BYTES_MAX + 1);

    assertThatThrownBy(() -> fixture.client().getStock(ServerFixture.store(large)))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure ->
                assertThat(failure.getStatus().getCode())
                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED));
  }

  @Test
  void shouldLetCallsEndWhenItShutsDown() throws Exception {
    ListenableFuture<GetStockResponse> answer = startSlowCall();
    CompletableFuture<Boolean> drained =
        CompletableFuture.supplyAsync(() -> shutdown(Duration.ofSeconds(10)));
    await().until(() -> newCallIsRefused());

    FakeInventory.answer(fixture.inventory.unanswered.get(0));

    assertThat(answer.get(10, TimeUnit.SECONDS).getStock().getOnHand()).isEqualTo(7);
    fixture.channel.shutdown();
    assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void shouldCutCallsThatDoNotEndInTime() {
    ListenableFuture<GetStockResponse> answer = startSlowCall();

    assertThat(shutdown(Duration.ofMillis(50))).isFalse();

    assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StatusRuntimeException.class);
  }

  private boolean newCallIsRefused() {
    try {
      var unused = fixture.client().getStock(ServerFixture.store("berlin"));
      return false;
    } catch (StatusRuntimeException refused) {
      return refused.getStatus().getCode() == Status.Code.UNAVAILABLE;
    }
  }

  private boolean shutdown(Duration drain) {
    try {
      return fixture.server.shutdown(drain);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while draining", e);
    }
  }

  private ListenableFuture<GetStockResponse> startSlowCall() {
    ListenableFuture<GetStockResponse> answer =
        InventoryServiceGrpc.newFutureStub(fixture.channel).getStock(ServerFixture.store("slow"));
    await().until(() -> !fixture.inventory.unanswered.isEmpty());
    return answer;
  }

  private static StreamObserver<ServerReflectionResponse> firstList(
      CompletableFuture<List<String>> services) {
    return new StreamObserver<>() {
      @Override
      public void onNext(ServerReflectionResponse response) {
        services.complete(
            response.getListServicesResponse().getServiceList().stream()
                .map(ServiceResponse::getName)
                .toList());
      }

      @Override
      public void onError(Throwable failure) {
        services.completeExceptionally(failure);
      }

      @Override
      public void onCompleted() {}
    };
  }
}
