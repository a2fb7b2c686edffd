package dev.holdfast.cli.reservation;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.Earlier;
import dev.holdfast.cli.FencingTokens;
import dev.holdfast.cli.MutationOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.cli.stock.Change;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.ReleaseReservationResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast release}. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    description = "Releases the units of a reservation, wholly or in part.",
    footer = {
      "",
      "Examples:",
      "  holdfast release Oslo order-17",
      "  holdfast release Oslo order-17 --line TEA-1=1",
    })
public final class ReleaseCommand implements Runnable {
  private final Session session;

  @Mixin private final ReservationArguments reservation = new ReservationArguments();

  @Option(
      names = "--line",
      paramLabel = "SKU=UNITS",
      description = "units to release; may be repeated (default: all units)")
  private List<String> lines = List.of();

  @Mixin private final MutationOptions mutation = new MutationOptions();
  @Mixin private final FencingTokens fencing = new FencingTokens();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  public ReleaseCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ReleaseReservationRequest request =
        ReleaseReservationRequest.newBuilder()
            .setStore(reservation.store())
            .setReservationId(reservation.id())
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .addAllFencingTokens(fencing.tokens())
            .addAllLines(SkuUnits.quantities(lines))
            .build();
    try (HoldfastClient client = connection.stores()) {
      ReleaseReservationResponse done = Await.answer(client.releaseReservation(request));
      Earlier.tell(done.getEarlier(), session);
      List<Change> changes = Change.of(reservation.id(), done.getStockList(), done.getPosition());
      output.print(Change.RESERVATION_COLUMNS, changes, session);
    }
  }
}
