package dev.holdfast.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import dev.holdfast.cli.FakeCluster;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.common.status.TransferRefusals;
import dev.holdfast.proto.inventory.v1.CancelTransferRequest;
import dev.holdfast.proto.inventory.v1.CancelTransferResponse;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import dev.holdfast.proto.inventory.v1.ShipTransferResponse;
import dev.holdfast.proto.inventory.v1.TransferServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TransferCommandTest {
  private final List<ShipTransferRequest> shipped = new CopyOnWriteArrayList<>();
  private final FakeCluster cluster = new FakeCluster(new Transfers());

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void shouldShipWithItsFencingTokens() {
    CliRun run =
        run("transfer", "ship", "Oslo", "Bergen", "TEA-1=5", "--token", "7", "--token", "9");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(shipped).hasSize(1);
    assertThat(shipped.get(0).getFencingTokensList()).containsExactly(7L, 9L);
  }

  @Test
  void shouldTakeNoTokensWhereNobodyAsksForThem() {
    assertThat(run("transfer", "receive", "Oslo", "t-1", "--token", "7").code()).isEqualTo(2);
    assertThat(run("transfer", "cancel", "Oslo", "t-1", "--token", "7").code()).isEqualTo(2);
    assertThat(run("store", "freeze", "Oslo", "--token", "7").code()).isEqualTo(2);
    assertThat(run("store", "unfreeze", "Oslo", "--token", "7").code()).isEqualTo(2);
  }

  @Test
  void shouldPointToTransfersWhenThereIsNoSuchOne() {
    CliRun run = run("transfer", "cancel", "Oslo", "t-1");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("NOT_FOUND").contains("holdfast transfer list");
  }

  private CliRun run(String... arguments) {
    return CliRun.of(
        Stream.concat(Stream.of(arguments), Stream.of("--endpoint", cluster.address()))
            .toArray(String[]::new));
  }

  private final class Transfers extends TransferServiceGrpc.TransferServiceImplBase {
    @Override
    public void cancelTransfer(
        CancelTransferRequest request, StreamObserver<CancelTransferResponse> caller) {
      caller.onError(
          Statuses.exception(
              TransferRefusals.notFound(request.getStore(), request.getTransferId())));
    }

    @Override
    public void shipTransfer(
        ShipTransferRequest request, StreamObserver<ShipTransferResponse> caller) {
      shipped.add(request);
      caller.onNext(ShipTransferResponse.getDefaultInstance());
      caller.onCompleted();
    }
  }
}
