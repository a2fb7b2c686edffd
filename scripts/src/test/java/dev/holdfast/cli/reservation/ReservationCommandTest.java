package dev.holdfast.cli.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import dev.holdfast.cli.FakeCluster;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.ConfirmReservationResponse;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReservationCommandTest {
  private final FakeCluster cluster = new FakeCluster(new Empty());

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void shouldPointToReservationsWhenThereIsNoSuchOne() {
    CliRun run = CliRun.of("confirm", "Oslo", "r-1", "--endpoint", cluster.address());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("NOT_FOUND").contains("holdfast reservation list");
  }

  /** Nothing and the default are two things: whoever types 0 does not want an hour. */
  @Test
  void shouldRefuseATimeOfZero() {
    CliRun run = CliRun.of("extend", "Oslo", "r-1", "--ttl", "0s", "--endpoint", cluster.address());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--ttl must be more than 0");
  }

  private static final class Empty extends InventoryServiceGrpc.InventoryServiceImplBase {
    @Override
    public void confirmReservation(
        ConfirmReservationRequest request, StreamObserver<ConfirmReservationResponse> caller) {
      caller.onError(
          Statuses.exception(
              Refusal.reservationNotFound(request.getStore(), request.getReservationId())));
    }
  }
}
