package dev.holdfast.cli.watch;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.CliCommand;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.ContractWords;
import dev.holdfast.cli.Interruption;
import dev.holdfast.cli.LostOutputException;
import dev.holdfast.cli.PositionText;
import dev.holdfast.cli.Session;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.history.TypedMoment;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.client.WatchClient;
import dev.holdfast.proto.feed.v1.WatchRequest;
import dev.holdfast.proto.feed.v1.WatchedEvent;
import dev.holdfast.proto.inventory.v1.Position;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast watch}. */
@Command(
    name = "watch",
    description = {
      "Prints live events until Ctrl-C, which tells how to resume. When a node fails, it continues on",
      "another one by itself. Ends at the first event after the output was closed, as by",
      "'| head -n 1'. Colour is for terminals; NO_COLOR=1 turns it off."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast watch",
      "  holdfast watch --store Oslo --store Rome --sku-prefix TEA-",
      "  holdfast watch --type stock-adjusted --type command-rejected --json",
      "  holdfast watch --from 0:0,1:0,2:0 --limit 100",
      "  holdfast watch --type command-rejected --from-time 2026-01-31 --until-now",
    })
public final class WatchCommand extends CliCommand implements Runnable {
  @Option(
      names = "--store",
      paramLabel = "STORE",
      description = "only events of this store; may be given up to 100 times")
  private List<String> stores = List.of();

  @Option(
      names = "--sku-prefix",
      paramLabel = "TEXT",
      description = "only events about SKUs with this prefix")
  private String skuPrefix = "";

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description =
          "only events of this type, such as stock-adjusted; may be repeated (default: all stock events)")
  private List<String> types = List.of();

  @Option(
      names = "--from",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "PARTITION:SEQUENCE,...",
      description = "resume after these positions; 0:0 is the beginning (default: from now)")
  private List<String> from = List.of();

  @Option(
      names = "--from-time",
      paramLabel = "TIME",
      description = "start at a day in UTC (2026-01-31) or a time (2026-01-31T12:00:00Z)")
  private String fromTime = "";

  @Option(
      names = "--until-now",
      description = "end with the last event committed when the command started")
  private boolean untilNow;

  @Option(names = "--limit", paramLabel = "N", description = "end after this many events")
  private long limit;

  @Option(names = "--json", description = "one JSON object per line, with all details")
  private boolean json;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Override
  public void run() {
    UsageException.requireNotNegative("--limit", limit);
    WatchRequest request = request();
    Function<WatchedEvent, String> format =
        json ? EventJson::line : new EventLine(Ansi.AUTO.enabled())::line;
    Printer printer = new Printer(format, new Session(out(), err()), limit);
    Optional<Places> ends = ends();
    try (Interruption interruption = Interruption.watch();
        WatchClient client = WatchClient.start(connection.settings(), request, printer)) {
      Runnable close = client::close;
      interruption.onRequest(close);
      var unused = printer.full().thenRun(client::close);
      try {
        ends.ifPresent(
            places -> {
              places.await(client);
              close.run();
            });
        Await.answer(client.end());
      } finally {
        tellResume(printer, client.positions());
      }
    }
  }

  private Optional<Places> ends() {
    if (!untilNow) {
      return Optional.empty();
    }
    try (HoldfastClient client = connection.stores()) {
      return Optional.of(Places.ofNow(client, stores));
    }
  }

  private WatchRequest request() {
    return WatchRequest.newBuilder()
        .addAllStores(stores)
        .setSkuPrefix(skuPrefix)
        .addAllKinds(types.stream().map(type -> ContractWords.eventKind("--type", type)).toList())
        .addAllFrom(PositionText.parse("--from", from))
        .setFromMillis(fromTime.isEmpty() ? 0 : TypedMoment.millis("--from-time", fromTime))
        .build();
  }

  private void tellResume(Printer printer, List<Position> positions) {
    LostOutputException lost = printer.lost();
    if (lost != null) {
      throw lost; // the last event was received, but nobody has read it
    }
    if (!positions.isEmpty()) {
      err().println("to resume: --from " + PositionText.text(positions));
    }
  }
}
