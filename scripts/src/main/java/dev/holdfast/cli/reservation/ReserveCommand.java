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
import dev.holdfast.proto.inventory.v1.ReserveMode;
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
    description =
        "Holds stock of one store: all lines or none. Confirm or release it before it expires.",
    footer = {
      "",
      "Examples:",
      "  holdfast reserve Oslo TEA-1=2 CUP-7=1",
      "  holdfast reserve Oslo TEA-1=2 --id order-17 --ttl 15m --holder 'basket 9'",
      "  holdfast reserve Oslo TEA-1=200 --up-to -o json",
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

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      description = "how long it holds, such as 90s, 15m or 2h (default: as the node is set up)")
  private String ttl = "";

  @Option(names = "--holder", paramLabel = "TEXT", description = "who it is for")
  private String holder = "";

  @Option(
      names = "--up-to",
      description = "take what there is of each line; what is short goes to standard error")
  private boolean upTo;

  @Mixin private final MutationOptions mutation = new MutationOptions();
  @Mixin private final FencingTokens fencing = new FencingTokens();
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
            .addAllLines(SkuUnits.lines(lines))
            .setReservationId(id)
            .setIdempotencyKey(mutation.key())
            .setReference(mutation.reference())
            .addAllFencingTokens(fencing.tokens())
            .setTtlMillis(Ttl.millis(ttl))
            .setHolder(holder)
            .setMode(
                upTo ? ReserveMode.RESERVE_MODE_UP_TO : ReserveMode.RESERVE_MODE_ALL_OR_NOTHING)
            .build();
    try (HoldfastClient client = connection.stores()) {
      ReserveResponse done = Await.answer(client.reserve(request));
      Earlier.tell(done.getEarlier(), session);
      List<Change> changes =
          Change.of(done.getReservationId(), done.getStockList(), done.getPosition());
      output.print(Change.RESERVATION_COLUMNS, changes, session);
      Shortfalls.tell(done.getShortfallsList(), session);
    }
  }
}
