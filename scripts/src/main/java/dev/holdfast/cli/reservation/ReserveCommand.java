package dev.holdfast.cli.reservation;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.MutationOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.stock.Change;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.ReservationLine;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.ReserveResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast reserve}. */
@Command(
    name = "reserve",
    mixinStandardHelpOptions = true,
    description = "Holds stock of one store: all lines or none. Confirm or release it later.",
    footer = {
      "",
      "Examples:",
      "  holdfast reserve Oslo TEA-1=2 CUP-7=1",
      "  holdfast reserve Oslo TEA-1=2 --id order-17 -o json",
    })
public final class ReserveCommand implements Runnable {
  private final Session session;

  @Parameters(index = "0", paramLabel = "STORE", description = "the store")
  private String store = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "SKU=UNITS",
      description = "what to hold")
  private List<String> lines = List.of();

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "the reservation's id (default: the node makes one)")
  private String id = "";

  @Mixin private final MutationOptions mutation = new MutationOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  public ReserveCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ReserveRequest request =
        ReserveRequest.newBuilder()
            .setStore(store)
            .addAllLines(lines.stream().map(ReserveCommand::line).toList())
            .setReservationId(id)
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .addAllFencingTokens(mutation.tokens())
            .build();
    try (HoldfastClient client = connection.stores()) {
      ReserveResponse done = Await.answer(client.reserve(request));
      List<Change> changes =
          Change.of(done.getReservationId(), done.getStockList(), done.getPosition());
      output.print(Change.RESERVATION_COLUMNS, changes, session);
    }
  }

  /** The last '=' divides: a SKU may hold one. */
  private static ReservationLine line(String text) {
    int at = text.lastIndexOf('=');
    try {
      return ReservationLine.newBuilder()
          .setSku(text.substring(0, Math.max(at, 0)))
          .setQuantity(Long.parseLong(text.substring(at + 1)))
          .build();
    } catch (NumberFormatException e) {
      throw new UsageException("'" + text + "' is not SKU=UNITS, such as TEA-1=2");
    }
  }
}
