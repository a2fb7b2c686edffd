package dev.holdfast.cli.reservation;

import dev.holdfast.proto.inventory.v1.ReplaceReservationRequest;
import dev.holdfast.proto.inventory.v1.ReplaceReservationResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast replace}. */
@Command(
    name = "replace",
    description =
        "Replaces the lines of a reservation in one step; its own units count as available to it."
            + " Prints the items of which it holds more or less now.",
    footer = {
      "",
      "Examples:",
      "  holdfast replace Oslo order-17 TEA-1=3",
      "  holdfast replace Oslo order-17 TEA-1=1 CUP-7=20 --up-to",
    })
public final class ReplaceCommand extends ReservationChangeCommand {
  @Parameters(
      index = "2..*",
      arity = "1..*",
      paramLabel = "SKU=UNITS",
      description = "the new lines")
  private List<String> lines = List.of();

  @Mixin private final UpTo upTo = new UpTo();

  @Override
  public void run() {
    ReplaceReservationRequest request =
        ReplaceReservationRequest.newBuilder()
            .setStore(reservation.store())
            .setReservationId(reservation.id())
            .addAllLines(lines(lines))
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .addAllFencingTokens(fencing.tokens())
            .setMode(upTo.mode())
            .build();
    ReplaceReservationResponse done = ask(client -> client.replaceReservation(request));
    print(done.getEarlier(), done.getStockList(), done.getPosition());
    tell(done.getShortfallsList());
  }
}
