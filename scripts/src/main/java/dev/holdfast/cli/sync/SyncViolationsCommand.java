package dev.holdfast.cli.sync;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.FailedException;
import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.output.Column;
import dev.holdfast.cli.output.Moments;
import dev.holdfast.cli.verify.DifferenceRow;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.proto.aggregator.v1.ListViolationsRequest;
import dev.holdfast.proto.aggregator.v1.Violation;
import dev.holdfast.proto.log.v1.StateDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast sync violations}. */
@Command(
    name = "violations",
    description = {
      "Lists found differences between view and stores, newest first.",
      "With an ID: lists the differing items, with both values."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast sync violations",
      "  holdfast sync violations 3 -o csv",
    })
@OnAggregator(whatThereIs = "holdfast sync violations")
final class SyncViolationsCommand extends RemoteCommand implements Runnable {
  private static final int LIMIT_MAX = 100;
  private static final List<Column<Violation>> COLUMNS =
      List.of(
          new Column<>("id", Violation::getId),
          new Column<>("partition", Violation::getPartition),
          new Column<>("sequence", Violation::getSequence),
          new Column<>("found", row -> Moments.text(row.getFoundMillis())),
          new Column<>("repaired", row -> Moments.text(row.getRepairedMillis())),
          new Column<>("expected", row -> sums(row.getExpected())),
          new Column<>("view", row -> sums(row.getFound())),
          new Column<>("differences", Violation::getDifferencesCount));

  @Parameters(paramLabel = "ID", arity = "0..1", description = "a violation to show with its items")
  private @Nullable Long id;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "maximum number, up to 100 (default: ${DEFAULT-VALUE})")
  private int limit;

  @Override
  public void run() {
    UsageException.requireRange("--limit", limit, 1, LIMIT_MAX);
    try (GlobalViewClient client = connection.aggregator()) {
      if (id == null) {
        output.print(COLUMNS, violations(client, limit, 0));
      } else {
        output.print(DifferenceRow.COLUMNS, differences(client, id));
      }
    }
  }

  private static List<DifferenceRow> differences(GlobalViewClient client, long id) {
    Violation violation =
        violations(client, 1, id + 1).stream()
            .filter(found -> found.getId() == id)
            .findFirst()
            .orElseThrow(
                () -> new FailedException("there is no violation " + id + "; see them without ID"));
    return violation.getDifferencesList().stream()
        .map(difference -> DifferenceRow.of(violation.getPartition(), difference))
        .toList();
  }

  /** Pages may be short; only an empty page is the last. */
  private static List<Violation> violations(GlobalViewClient client, int limit, long beforeId) {
    List<Violation> found = new ArrayList<>();
    List<Violation> page = page(client, limit, beforeId);
    while (!page.isEmpty()) {
      found.addAll(page);
      int missing = limit - found.size();
      long oldest = page.get(page.size() - 1).getId();
      page = missing == 0 || oldest <= 1 ? List.of() : page(client, missing, oldest);
    }
    return found;
  }

  private static List<Violation> page(GlobalViewClient client, int size, long beforeId) {
    ListViolationsRequest request =
        ListViolationsRequest.newBuilder().setPageSize(size).setBeforeId(beforeId).build();
    return Await.answer(client.sync().violations(request)).getViolationsList();
  }

  private static String sums(StateDigest digest) {
    return "%d records, %d on hand, %d reserved"
        .formatted(digest.getRecords(), digest.getOnHand(), digest.getReserved());
  }
}
