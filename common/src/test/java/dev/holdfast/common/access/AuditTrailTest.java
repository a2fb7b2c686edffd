package dev.holdfast.common.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.holdfast.common.access.AccessWatch.RefusedCall;
import dev.holdfast.common.audit.AuditFolder;
import dev.holdfast.common.audit.AuditLine;
import dev.holdfast.common.audit.AuditStream;
import dev.holdfast.common.config.AuditKeys;
import dev.holdfast.common.config.ByteSize;
import dev.holdfast.common.net.HandshakeFault;
import dev.holdfast.common.net.Handshakes.Failed;
import dev.holdfast.common.net.Handshakes.Port;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.proto.aggregator.v1.DeadLetterServiceGrpc;
import dev.holdfast.proto.aggregator.v1.DiscardDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc;
import dev.holdfast.proto.aggregator.v1.VerifyRequest;
import dev.holdfast.proto.feed.v1.FeedServiceGrpc;
import dev.holdfast.proto.feed.v1.SubscribeRequest;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditTrailTest {
  private static final Principal ALICE = new Principal(Principal.Kind.USER, "user/alice");

  @TempDir private Path data;

  private record Keys(
      Path dir,
      ByteSize fileBytes,
      Duration fileAge,
      int filesMax,
      ByteSize bytesMax,
      int refusalsPerSecond,
      int actionsPerSecond,
      int queueMax)
      implements AuditKeys {}

  private AuditStream start() {
    Keys keys =
        new Keys(
            Path.of("audit"),
            new ByteSize(1 << 20),
            Duration.ofDays(1),
            10,
            new ByteSize(1 << 24),
            10,
            100,
            1_000);
    return AuditStream.start(
        keys, data, "node-a", new SimpleMeterRegistry(), InstantSource.system());
  }

  /** What stands in the stream between its start and its stop. */
  private List<AuditLine> lines() throws IOException {
    List<AuditLine> lines = new ArrayList<>();
    AuditFolder.of(data).forEach((line, text) -> lines.add(line));
    return lines.subList(1, lines.size() - 1);
  }

  /** Makes a call that its handler ends with a status. */
  private static <Q> void call(
      AccessWatch watch, MethodDescriptor<Q, ?> method, Q request, Status end) {
    Caller caller = new Caller(ALICE, anybody -> Rights.EVERYTHING, Rights.NONE, () -> null);
    FakeCall<Q, ?> call = new FakeCall<>(method);
    caller.in(Context.ROOT).run(() -> call.make(new NotableCalls(watch), request, end));
  }

  private static final class FakeCall<Q, R> extends ServerCall<Q, R> {
    private final MethodDescriptor<Q, R> method;

    FakeCall(MethodDescriptor<Q, R> method) {
      this.method = method;
    }

    void make(NotableCalls calls, Q request, Status end) {
      Listener<Q> listener =
          calls.interceptCall(
              this,
              new Metadata(),
              (call, headers) ->
                  new Listener<Q>() {
                    @Override
                    public void onHalfClose() {
                      if (!end.getCode().equals(Status.Code.UNKNOWN)) {
                        call.close(end, new Metadata());
                      }
                    }
                  });
      listener.onMessage(request);
      listener.onHalfClose();
    }

    @Override
    public MethodDescriptor<Q, R> getMethodDescriptor() {
      return method;
    }

    @Override
    public Attributes getAttributes() {
      return Attributes.newBuilder()
          .set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, new InetSocketAddress("192.0.2.7", 4711))
          .build();
    }

    @Override
    public void request(int count) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(R message) {}

    @Override
    public void close(Status status, Metadata trailers) {}

    @Override
    public boolean isCancelled() {
      return false;
    }
  }

  @Test
  void shouldTellOfRefusedCalls() throws IOException {
    try (AuditStream stream = start()) {
      AuditTrail trail = new AuditTrail(stream);
      trail.refused(
          new RefusedCall(
              null, "192.0.2.7", "S/M", "r-1", new Refusal(Reason.UNAUTHENTICATED, "sign in")));
      trail.refused(
          new RefusedCall(
              ALICE, "192.0.2.8", "S/M", "r-2", new Refusal(Reason.PERMISSION_DENIED, "no role")));
    }

    assertThat(lines())
        .extracting(
            AuditLine::kind,
            AuditLine::outcome,
            AuditLine::principal,
            AuditLine::from,
            AuditLine::requestId)
        .containsExactly(
            tuple("access.unauthenticated", "refused", "", "192.0.2.7", "r-1"),
            tuple("access.denied", "refused", "user/alice", "192.0.2.8", "r-2"));
    assertThat(lines().get(1).detail()).isEqualTo(Map.of("method", "S/M", "reason", "no role"));
  }

  /** One line a second of an address, however often its peer tries. */
  @Test
  void shouldTellOfHandshakesThatFailed() throws IOException {
    AuditTrail trail = new AuditTrail(start());
    for (int i = 0; i < 50; i++) {
      trail.handshakeFailed(new Failed(Port.RAFT, "192.0.2.7", HandshakeFault.REVOKED));
    }
    trail.handshakeFailed(new Failed(Port.GRPC, "192.0.2.8", HandshakeFault.NOT_TLS));
    trail.close();

    assertThat(lines())
        .extracting(AuditLine::kind, AuditLine::outcome, AuditLine::from, AuditLine::detail)
        .contains(
            tuple(
                "handshake.failed",
                "refused",
                "192.0.2.7",
                Map.of("port", "raft", "reason", "revoked")),
            tuple(
                "handshake.failed",
                "refused",
                "192.0.2.8",
                Map.of("port", "grpc", "reason", "not_tls")))
        .hasSizeBetween(3, 6);
    assertThat(lines()).anyMatch(line -> line.detail().containsKey("more"));
  }

  @Test
  void shouldTellOfWhatAnAdminDidAndHowItEnded() throws IOException {
    DiscardDeadLetterRequest request =
        DiscardDeadLetterRequest.newBuilder().setId("0-1-a-b").setReason("wrong").build();
    try (AuditStream stream = start()) {
      AuditTrail trail = new AuditTrail(stream);
      call(trail, DeadLetterServiceGrpc.getDiscardDeadLetterMethod(), request, Status.OK);
      call(trail, DeadLetterServiceGrpc.getDiscardDeadLetterMethod(), request, Status.NOT_FOUND);
    }

    assertThat(lines())
        .extracting(AuditLine::kind, AuditLine::outcome, AuditLine::principal, AuditLine::from)
        .containsExactly(
            tuple("admin.action", "done", "user/alice", "192.0.2.7"),
            tuple("admin.action", "failed", "user/alice", "192.0.2.7"));
    assertThat(lines().get(1).detail())
        .isEqualTo(
            Map.of(
                "method",
                "holdfast.aggregator.v1.DeadLetterService/DiscardDeadLetter",
                "request",
                "id: \"0-1-a-b\" reason: \"wrong\"",
                "code",
                "NOT_FOUND"));
  }

  @Test
  void shouldTellOfAnExportWhenItBeginsAndOnce() throws IOException {
    try (AuditStream stream = start()) {
      call(
          new AuditTrail(stream),
          FeedServiceGrpc.getSubscribeMethod(),
          SubscribeRequest.newBuilder().setPartition(2).build(),
          Status.UNKNOWN); // goes on
    }

    assertThat(lines())
        .singleElement()
        .extracting(AuditLine::kind, AuditLine::outcome)
        .containsExactly("export.opened", "done");
    assertThat(lines().get(0).detail()).containsEntry("request", "partition: 2");
  }

  @Test
  void shouldTellOfARequestOnlyIfThatNeedsTheRole() throws IOException {
    MethodDescriptor<VerifyRequest, ?> verify = SyncServiceGrpc.getVerifyMethod();
    try (AuditStream stream = start()) {
      AuditTrail trail = new AuditTrail(stream);
      call(trail, verify, VerifyRequest.getDefaultInstance(), Status.OK);
      call(trail, verify, VerifyRequest.newBuilder().setRepair(true).build(), Status.OK);
      call(
          trail,
          InventoryServiceGrpc.getGetStockMethod(),
          GetStockRequest.getDefaultInstance(),
          Status.OK);
    }

    assertThat(lines())
        .singleElement()
        .extracting(line -> line.detail().get("request"))
        .isEqualTo("repair: true");
  }
}
