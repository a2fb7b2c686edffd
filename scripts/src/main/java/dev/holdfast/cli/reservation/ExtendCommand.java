package dev.holdfast.cli.reservation;

import dev.holdfast.cli.PositionText;
import dev.holdfast.cli.output.Column;
import dev.holdfast.cli.output.Moments;
import dev.holdfast.proto.inventory.v1.ExtendReservationRequest;
import dev.holdfast.proto.inventory.v1.ExtendReservationResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast extend}. */
@Command(
    name = "extend",
    description = "Extends a reservation, up to the end of its lifetime; never shortens it.",
    footer = {"", "Example:", "  holdfast extend Oslo order-17 --ttl 30m"})
public final class ExtendCommand extends ReservationChangeCommand {
  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      description = "from now, such as 90s, 15m or 2h (default: set by the node)")
  private String ttl = "";

  @Override
  public void run() {
    ExtendReservationRequest request =
        ExtendReservationRequest.newBuilder()
            .setStore(reservation.store())
            .setReservationId(reservation.id())
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .addAllFencingTokens(fencing.tokens())
            .setTtlMillis(Ttl.millis(ttl))
            .build();
    ExtendReservationResponse done = ask(client -> client.extendReservation(request));
    tell(done.getEarlier());
    List<Column<ExtendReservationResponse>> columns =
        List.of(
            new Column<>("reservation_id", row -> reservation.id()),
            new Column<>("expires", row -> Moments.text(row.getExpiresMillis())),
            new Column<>("version", ExtendReservationResponse::getReservationVersion));
    output.print(
        Column.join(
            columns, Column.of(ExtendReservationResponse::getPosition, PositionText.COLUMNS)),
        List.of(done));
  }
}
