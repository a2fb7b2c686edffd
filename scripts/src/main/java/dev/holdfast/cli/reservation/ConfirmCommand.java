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
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.ConfirmReservationResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast confirm}. */
@Command(
    name = "confirm",
    mixinStandardHelpOptions = true,
    description = "Sells a reservation: its units leave the store.",
    footer = {
      "",
      "Examples:",
      "  holdfast confirm Oslo order-17",
      "  holdfast confirm Oslo order-17 --line TEA-1=1 --keep-rest",
    })
public final class ConfirmCommand implements Runnable {
  private final Session session;

  @Mixin private final ReservationArguments reservation = new ReservationArguments();

  @Option(
      names = "--line",
      paramLabel = "SKU=UNITS",
      description = "units to sell; may be repeated (default: all units)")
  private List<String> lines = List.of();

  @Option(
      names = "--keep-rest",
      description = "keep unsold units reserved; otherwise they are released")
  private boolean keepRest;

  @Mixin private final MutationOptions mutation = new MutationOptions();
  @Mixin private final FencingTokens fencing = new FencingTokens();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  public ConfirmCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ConfirmReservationRequest request =
        ConfirmReservationRequest.newBuilder()
            .setStore(reservation.store())
            .setReservationId(reservation.id())
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .addAllFencingTokens(fencing.tokens())
            .addAllLines(SkuUnits.quantities(lines))
            .setKeepRest(keepRest)
            .build();
    try (HoldfastClient client = connection.stores()) {
      ConfirmReservationResponse done = Await.answer(client.confirmReservation(request));
      Earlier.tell(done.getEarlier(), session);
      List<Change> changes = Change.of(reservation.id(), done.getStockList(), done.getPosition());
      output.print(Change.RESERVATION_COLUMNS, changes, session);
    }
  }
}
