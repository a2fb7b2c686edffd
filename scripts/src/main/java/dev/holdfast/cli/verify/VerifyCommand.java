package dev.holdfast.cli.verify;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.FailedException;
import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.OutputOptions.Section;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.cluster.ClusterView;
import dev.holdfast.cli.stock.StockPages;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.aggregator.v1.VerifyRequest;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast verify}. */
@Command(
    name = "verify",
    description = {
      "Proves that the global view is the sum of the stores: reads all records of every partition at",
      "one sequence, in the view and on a store node, and compares them; then the totals.",
      "On the same store node, checks that reserved equals the units held by open reservations.",
      "Without --partition, checks that transfers neither lost nor duplicated a unit.",
      "Prints a proof per partition, the totals, and all differences with both values.",
      "First waits until the view includes everything committed before, as confirmed by a majority.",
      "The cluster may be busy, except for --expected. Exit code 0 without differences, otherwise 1."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast verify",
      "  holdfast verify --repair",
      "  holdfast verify --partition 0,2 -o json",
      "  holdfast verify --expected online-retail-expected-any-order.csv.gz",
    })
@OnAggregator(whatThereIs = "holdfast sync status")
public final class VerifyCommand extends RemoteCommand implements Callable<Integer> {
  /**
   * Enough tries for stores at rest, whose log may still grow once: by the digest after the last
   * change.
   */
  private static final int TRIES_MAX = 3;

  @Option(
      names = "--expected",
      paramLabel = "FILE",
      description = "also compare the stores, at rest, with this file (store,sku,expected_final)")
  private @Nullable Path expected;

  @Option(
      names = "--partition",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "PARTITION,...",
      description = "only these partitions (default: all)")
  private List<Integer> partitions = List.of();

  @Option(names = "--repair", description = "rebuild parts that differ, and prove them again")
  private boolean repair;

  @Override
  public Integer call() throws IOException {
    Path file = expected;
    if (file != null && !Files.isReadable(file)) {
      throw new UsageException("--expected: " + file + " cannot be read");
    }
    boolean good = provesTheView();
    if (file != null) {
      good &= isExpected(file);
    }
    return good ? 0 : 1;
  }

  private boolean provesTheView() {
    VerifyRequest request =
        VerifyRequest.newBuilder().addAllPartitions(partitions).setRepair(repair).build();
    try (GlobalViewClient client = connection.patientAggregator()) {
      // What a replica without a majority agrees with proves nothing: only a leader tells the
      // heads.
      var unused = Await.answer(client.sync().syncNow());
      Proof proof = Proof.ask(client, request);
      new ProofPrinter(output, err()).print(proof);
      return proof.isEqual();
    }
  }

  private boolean isExpected(Path file) throws IOException {
    try (HoldfastClient stores = connection.stores()) {
      for (int tries = 0; tries < TRIES_MAX; tries++) {
        List<Position> ends = ClusterView.ask(stores).ends();
        ExpectedCheck wanted = ExpectedCheck.read(file, new ShownDifferences(err()));
        StockPages.forEach(stores, ListStockRequest.getDefaultInstance(), wanted::compare);
        if (ClusterView.ask(stores).ends().equals(ends)) {
          return show(wanted.finish());
        }
      }
    }
    throw new FailedException("the stock changed meanwhile: verify again when it rests");
  }

  private boolean show(Check check) {
    output.section(
        new Section<>("check", "The stores against the file", Check.COLUMNS), List.of(check));
    return check.different() == 0;
  }
}
