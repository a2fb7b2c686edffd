package dev.holdfast.cli.verify;

import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.FailedException;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.cluster.ClusterView;
import dev.holdfast.cli.global.GlobalPages;
import dev.holdfast.cli.stock.StockPages;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Reads every item of every store, adds them up, and compares with the global view.",
      "Needs a cluster whose stock does not change meanwhile; says so when it does.",
      "Exit code 0 when nothing differs, else 1."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast verify",
      "  holdfast verify --expected online-retail-expected-any-order.csv.gz -o json",
    })
public final class VerifyCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--expected",
      paramLabel = "FILE",
      description = "also compare the stores with this file (store,sku,expected_final)")
  private @Nullable Path expected;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  public VerifyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    if (expected != null && !Files.isReadable(expected)) {
      throw new UsageException("--expected: " + expected + " can not be read");
    }
    List<Check> checks;
    try (HoldfastClient stores = connection.stores();
        GlobalViewClient global = connection.global()) {
      List<Position> ends = ClusterView.ask(stores).ends();
      checks = compare(stores, global, ends);
      if (!ClusterView.ask(stores).ends().equals(ends)) {
        throw new FailedException("the stock changed meanwhile: verify again when it rests");
      }
    }
    output.print(Check.COLUMNS, checks, session);
    return checks.stream().allMatch(check -> check.different() == 0) ? 0 : 1;
  }

  private List<Check> compare(HoldfastClient stores, GlobalViewClient global, List<Position> ends)
      throws IOException {
    GlobalCheck sums = new GlobalCheck(new Differences(session.err()));
    ExpectedCheck wanted =
        expected == null ? null : ExpectedCheck.read(expected, new Differences(session.err()));
    new StockPages(stores)
        .forEach(
            level -> {
              sums.add(level);
              if (wanted != null) {
                wanted.compare(level);
              }
            });
    new GlobalPages(global).forEach(ends, sums::compare);
    List<Check> checks = new ArrayList<>(List.of(sums.finish()));
    if (wanted != null) {
      checks.add(wanted.finish());
    }
    return checks;
  }
}
