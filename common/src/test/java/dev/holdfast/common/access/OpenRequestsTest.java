package dev.holdfast.common.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.StatusReader;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.health.v1.HealthGrpc.HealthBlockingStub;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node keeps of requests before it is known who makes them. */
final class OpenRequestsTest {
  private static final HealthCheckRequest OF_ALL = HealthCheckRequest.getDefaultInstance();

  @TempDir private Path directory;
  private GuardedServer server;

  @BeforeEach
  void setUp() throws Exception {
    server = new GuardedServer(directory, "grants: {}");
  }

  @AfterEach
  void tearDown() {
    server.close();
  }

  /** On connections that others use as well. */
  @Test
  void shouldKeepNothingOfLargeRequestsThatAreHalfSent() throws Exception {
    try (HalfRequests nobody = new HalfRequests(server.port())) {
      assertThat(nobody.send("/grpc.health.v1.Health/Watch", 64)).isZero();
    }
  }

  @Test
  void shouldBoundTheCallsOfOneConnection() {
    HealthBlockingStub health = HealthGrpc.newBlockingStub(server.connect(null));
    List<Iterator<HealthCheckResponse>> watches = new ArrayList<>();
    for (int i = 0; i < OpenRequests.CALLS_MAX; i++) {
      watches.add(health.watch(OF_ALL));
      assertThat(watches.get(i).next().getStatus()).isEqualTo(ServingStatus.SERVING);
    }

    assertThatThrownBy(() -> health.check(OF_ALL))
        .satisfies(
            failure -> assertThat(StatusReader.reasonOf(failure)).isEqualTo(Reason.OVERLOADED));
    assertThat(HealthGrpc.newBlockingStub(server.connect(null)).check(OF_ALL).getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void shouldKeepNoLargeRequest() {
    HealthBlockingStub health = HealthGrpc.newBlockingStub(server.connect(null));
    HealthCheckRequest large =
        HealthCheckRequest.newBuilder().setService("x".repeat(OpenRequests.BYTES_MAX)).build();

    refuses(() -> health.check(large));
    refuses(() -> health.watch(large).next());
    assertThat(health.watch(OF_ALL).next().getStatus()).isEqualTo(ServingStatus.SERVING);
  }

  private static void refuses(ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasMessageContaining("request: must be at most 1024 bytes")
        .satisfies(
            failure -> assertThat(StatusReader.reasonOf(failure)).isEqualTo(Reason.VALIDATION));
  }

  @Test
  void shouldAnswerManyCallsOneAfterTheOther() {
    HealthBlockingStub health = HealthGrpc.newBlockingStub(server.connect(null));

    for (int i = 0; i < 10 * OpenRequests.CALLS_MAX; i++) {
      assertThat(health.check(OF_ALL).getStatus()).isEqualTo(ServingStatus.SERVING);
    }
  }

  /** What is small on the network may be large once it is parsed. */
  @Test
  void shouldKeepNoLargeRequestThatIsCompressed() {
    HealthBlockingStub health =
        HealthGrpc.newBlockingStub(server.connect(null)).withCompression("gzip");

    refuses(
        () ->
            health.check(HealthCheckRequest.newBuilder().setService("x".repeat(1 << 19)).build()));
    assertThat(health.check(OF_ALL).getStatus()).isEqualTo(ServingStatus.SERVING);
  }
}
