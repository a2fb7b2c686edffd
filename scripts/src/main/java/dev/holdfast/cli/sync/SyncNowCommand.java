package dev.holdfast.cli.sync;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.cli.output.Column;
import dev.holdfast.common.client.GlobalViewClient;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast sync now}. */
@Command(
    name = "now",
    mixinStandardHelpOptions = true,
    description = "Waits until the view includes everything committed before the call.",
    footer = {
      "",
      "Examples:",
      "  holdfast sync now",
      "  holdfast sync now --timeout 60",
    })
final class SyncNowCommand implements Runnable, OnAggregator {
  private static final List<Column<Reached>> COLUMNS =
      List.of(
          new Column<>("partition", Reached::partition),
          new Column<>("sequence", Reached::sequence));

  private final Session session;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  SyncNowCommand(Session session) {
    this.session = session;
  }

  /** What the view includes of a partition. */
  private record Reached(int partition, long sequence) {}

  @Override
  public void run() {
    try (GlobalViewClient client = connection.aggregator()) {
      List<Long> sequences = Await.answer(client.sync().syncNow()).getSequencesList();
      List<Reached> rows =
          IntStream.range(0, sequences.size())
              .mapToObj(partition -> new Reached(partition, sequences.get(partition)))
              .toList();
      output.print(COLUMNS, rows, session);
    }
  }

  @Override
  public String whatThereIs() {
    return "holdfast sync status";
  }
}
