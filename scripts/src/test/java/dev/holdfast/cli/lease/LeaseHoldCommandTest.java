package dev.holdfast.cli.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import dev.holdfast.cli.FakeCluster;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.AcquireLeaseResponse;
import dev.holdfast.proto.inventory.v1.Lease;
import dev.holdfast.proto.inventory.v1.LeaseServiceGrpc.LeaseServiceImplBase;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseResponse;
import dev.holdfast.proto.inventory.v1.RenewLeaseRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LeaseHoldCommandTest {
  private final FakeCluster cluster = new FakeCluster(new Leases());

  /** Grants a lease and does not answer its renewals. */
  private static final class Leases extends LeaseServiceImplBase {
    @Override
    public void acquireLease(
        AcquireLeaseRequest request, StreamObserver<AcquireLeaseResponse> out) {
      out.onNext(
          AcquireLeaseResponse.newBuilder()
              .setLease(Lease.newBuilder().setToken(7))
              .setRenewAfterMillis(500)
              .setLeftMillis(4_000)
              .build());
      out.onCompleted();
    }

    @Override
    public void renewLease(RenewLeaseRequest request, StreamObserver<RenewLeaseResponse> out) {}

    @Override
    public void releaseLease(
        ReleaseLeaseRequest request, StreamObserver<ReleaseLeaseResponse> out) {
      out.onNext(ReleaseLeaseResponse.getDefaultInstance());
      out.onCompleted();
    }
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void shouldRunTheCommandWithTheToken() {
    CliRun run = hold("test \"$HOLDFAST_TOKEN\" = 7 && exit 5");

    assertThat(run.code()).as(run.err()).isEqualTo(5);
  }

  /** It may neither outlive the lease nor pass for done, however it takes being ended. */
  @Test
  void shouldEndTheCommandWithTheLease() {
    long start = System.nanoTime();

    CliRun run = hold("trap 'exit 0' TERM; sleep 50 & wait");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("the lease is lost");
    assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(14).toNanos());
  }

  @Test
  void shouldEndACommandThatDoesNotWantTo() {
    CliRun run = hold("trap '' TERM; sleep 50; sleep 50");

    assertThat(run.code()).isNotZero();
    assertThat(run.err()).contains("the lease is lost");
  }

  private CliRun hold(String script) {
    return CliRun.of(
        "lease",
        "hold",
        "Oslo",
        "TEA-1",
        "till",
        "--endpoint",
        cluster.address(),
        "--",
        "sh",
        "-c",
        script);
  }
}
