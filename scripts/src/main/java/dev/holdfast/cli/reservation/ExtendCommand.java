package dev.holdfast.cli.reservation;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.Earlier;
import dev.holdfast.cli.FencingTokens;
import dev.holdfast.cli.MutationOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.cli.output.Column;
import dev.holdfast.cli.output.Moments;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.ExtendReservationRequest;
import dev.holdfast.proto.inventory.v1.ExtendReservationResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast extend}. */
@Command(
    name = "extend",
    mixinStandardHelpOptions = true,
    description = "Extends a reservation, up to the end of its lifetime; never shortens it.",
    footer = {"", "Example:", "  holdfast extend Oslo order-17 --ttl 30m"})
public final class ExtendCommand implements Runnable {
  private final Session session;

  @Mixin private final ReservationArguments reservation = new ReservationArguments();

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      description = "from now, such as 90s, 15m or 2h (default: set by the node)")
  private String ttl = "";

  @Mixin private final MutationOptions mutation = new MutationOptions();
  @Mixin private final FencingTokens fencing = new FencingTokens();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  public ExtendCommand(Session session) {
    this.session = session;
  }

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
    try (HoldfastClient client = connection.stores()) {
      ExtendReservationResponse done = Await.answer(client.extendReservation(request));
      Earlier.tell(done.getEarlier(), session);
      output.print(columns(), List.of(done), session);
    }
  }

  private List<Column<ExtendReservationResponse>> columns() {
    return List.of(
        new Column<>("reservation_id", done -> reservation.id()),
        new Column<>("expires", done -> Moments.text(done.getExpiresMillis())),
        new Column<>("version", ExtendReservationResponse::getReservationVersion),
        new Column<>("partition", done -> done.getPosition().getPartition()),
        new Column<>("sequence", done -> done.getPosition().getSequence()));
  }
}
