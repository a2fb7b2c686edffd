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
import dev.holdfast.proto.inventory.v1.ReplaceReservationRequest;
import dev.holdfast.proto.inventory.v1.ReplaceReservationResponse;
import dev.holdfast.proto.inventory.v1.ReserveMode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast replace}. */
@Command(
    name = "replace",
    mixinStandardHelpOptions = true,
    description =
        "Replaces the lines of a reservation in one step; its own units count as available to it."
            + " Prints the items of which it holds more or less now.",
    footer = {
      "",
      "Examples:",
      "  holdfast replace Oslo order-17 TEA-1=3",
      "  holdfast replace Oslo order-17 TEA-1=1 CUP-7=20 --up-to",
    })
public final class ReplaceCommand implements Runnable {
  private final Session session;

  @Mixin private final ReservationArguments reservation = new ReservationArguments();

  @Parameters(
      index = "2..*",
      arity = "1..*",
      paramLabel = "SKU=UNITS",
      description = "the new lines")
  private List<String> lines = List.of();

  @Option(
      names = "--up-to",
      description = "reserve the available units of each line; shortfalls go to standard error")
  private boolean upTo;

  @Mixin private final MutationOptions mutation = new MutationOptions();
  @Mixin private final FencingTokens fencing = new FencingTokens();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  public ReplaceCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ReplaceReservationRequest request =
        ReplaceReservationRequest.newBuilder()
            .setStore(reservation.store())
            .setReservationId(reservation.id())
            .addAllLines(SkuUnits.lines(lines))
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .addAllFencingTokens(fencing.tokens())
            .setMode(
                upTo ? ReserveMode.RESERVE_MODE_UP_TO : ReserveMode.RESERVE_MODE_ALL_OR_NOTHING)
            .build();
    try (HoldfastClient client = connection.stores()) {
      ReplaceReservationResponse done = Await.answer(client.replaceReservation(request));
      Earlier.tell(done.getEarlier(), session);
      List<Change> changes = Change.of(reservation.id(), done.getStockList(), done.getPosition());
      output.print(Change.RESERVATION_COLUMNS, changes, session);
      Shortfalls.tell(done.getShortfallsList(), session);
    }
  }
}
