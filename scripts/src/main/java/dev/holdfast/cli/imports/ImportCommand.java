package dev.holdfast.cli.imports;

import dev.holdfast.cli.Interruption;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.cluster.ClusterView;
import dev.holdfast.cli.imports.file.ReadingOptions;
import dev.holdfast.cli.imports.file.SourceFile;
import dev.holdfast.cli.imports.file.UnreadableFileException;
import dev.holdfast.cli.imports.ledger.ImportLedger;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast import}. */
@Command(
    name = "import",
    description = {
      "Streams a file of movements, plain or gzip, into the cluster. The first line names the columns:"
          + " store, sku, op, qty and, if there is one, reference.",
      "Operations: create, count (sets the quantity on hand), receive, sale, return, write-off, found (qty"
          + " without sign), recount (a difference, with sign), sold (a sale that happened already, as at"
          + " a till that was offline: what the books do not have is recorded as a shortfall, ADR 13).",
      "The file is CSV in UTF-8, or in UTF-16 with a byte order mark; quoted cells may have line"
          + " breaks. It is read to its end before anything is sent: what cannot be read changes"
          + " nothing. Movements of one item keep the order of the file.",
      "Malformed or refused lines are left out and reported with their numbers.",
      "Importing the same content again repeats nothing and takes the remaining lines, so an import"
          + " that was interrupted is resumed by running it again. A file that was imported before"
          + " and has changed needs --continue or --new.",
      "Exit code 0 when every line was taken, 1 when lines were left out or it stopped, 2 when nothing"
          + " was done."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast import movements.csv",
      "  holdfast import products.csv --store Oslo --op create --sku-column 'Variant SKU' --quantity-column 'Variant Inventory Qty'",
      "  holdfast import wc-products.csv --store web --op count --quantity-column Stock --dry-run",
      "  holdfast import stock.txt --op create --store-column Warehouse --sku-column Item --quantity-column 'On Hand' --trim",
      "  holdfast import till.csv.gz --op sold --order-by sold_at --reference-column receipt",
      "  holdfast import movements.csv --continue 3f1c2b7a9d0e4455 --retry-refused --outcomes outcomes.csv",
      "  holdfast import --preset online-retail --opening expected.csv.gz ops.tsv.gz --rate 1000",
    })
public final class ImportCommand extends RemoteCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "the movements; - for standard input")
  private Path file = Path.of("");

  @Mixin private final LayoutOptions layout = new LayoutOptions();
  @Mixin private final IdentityOptions identity = new IdentityOptions();

  @Option(
      names = "--opening",
      paramLabel = "FILE",
      description = "with --preset online-retail: create these items first (store,sku,opening)")
  private @Nullable Path opening;

  @Option(
      names = "--outcomes",
      paramLabel = "FILE",
      description = "write line,outcome,reason,message of every line of FILE, as lines are decided")
  private @Nullable Path outcomesFile;

  @Option(names = "--dry-run", description = "show the plan without importing anything")
  private boolean dryRun;

  @Option(names = "--stop-on-error", description = "stop at a malformed or refused line")
  private boolean stopOnError;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "how long to wait for a cluster that cannot decide (default: ${DEFAULT-VALUE})")
  private int patienceSeconds;

  @Option(
      names = "--rate",
      paramLabel = "LINES",
      description = "maximum lines per second, to leave room for others (default: no limit)")
  private @Nullable Integer rate;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    try (SourceFile movements = SourceFile.open(file)) {
      requireOtherFile(movements);
      if (opening == null) {
        return bringIn(movements, null);
      }
      try (SourceFile items = SourceFile.open(opening)) {
        requireOtherFile(items);
        return bringIn(movements, items);
      }
    } catch (UnreadableFileException e) {
      throw new UsageException("nothing was imported: " + e.getMessage());
    }
  }

  private int bringIn(SourceFile movements, @Nullable SourceFile items)
      throws IOException, InterruptedException {
    ImportFile main = new ImportFile(movements, layout.reading(), layout.layout());
    Inspection found = main.inspect((mistake, line) -> {}, PastLines.NONE);
    if (found.movements() + found.malformed() == 0) {
      throw new UsageException("FILE has no lines below the names of its columns");
    }
    ImportFile first =
        items == null
            ? null
            : new ImportFile(items, ReadingOptions.USUAL, Layout.onlineRetailOpening());
    if (first != null) {
      first.inspect((mistake, line) -> {}, PastLines.NONE);
    }
    try (HoldfastClient client = connection.stores()) {
      ClusterView cluster = ClusterView.ask(client);
      Map<Integer, Long> ends = ends(cluster);
      Path state = identity.stateDirectory(System.getenv());
      ImportLedger ledger = new ImportLedger(state, cluster.name());
      try (RunRecord record = RunRecord.find(identity, ledger, main.version(), ends, err())) {
        if (dryRun) {
          return show(main, record);
        }
        ImportJob.Identity lines =
            found.movements() > 0 ? record.begin() : ImportJob.Identity.ofNodes("");
        return run(client, ends, record, main, lines, first);
      }
    }
  }

  private int show(ImportFile main, RunRecord record) throws IOException {
    err().println("dry run: it would be import " + record.id());
    try (OutcomeLog log = new OutcomeLog(new Tally(), err(), null, () -> {}, Map.of())) {
      Inspection found =
          main.inspect((mistake, line) -> log.malformed(line, mistake), record.allPast());
      output.print(Tally.Row.COLUMNS, found.rows());
      return found.malformed() == 0 ? 0 : 1;
    }
  }

  private int run(
      HoldfastClient client,
      Map<Integer, Long> ends,
      RunRecord record,
      ImportFile main,
      ImportJob.Identity lines,
      @Nullable ImportFile first)
      throws IOException, InterruptedException {
    try (Interruption interruption = Interruption.watch()) {
      ImportJob job = new ImportJob(client, interruption, settings(ends), err());
      if (first != null) {
        String id = identity.importId();
        String prefix = "o-" + (id == null ? first.version().content() : id) + "-";
        job.run(new ImportJob.Task("opening", first, ImportJob.Identity.ofNodes(prefix), null));
      }
      job.run(new ImportJob.Task("import", main, lines, outcomesFile));
      record.ended(job.isFinished(), job.reached());
      output.print(Tally.Row.COLUMNS, job.summary());
      err().println("this was import " + record.id());
      boolean good = job.report("to go on: the same command with --continue " + record.id());
      return good ? 0 : 1;
    }
  }

  private static Map<Integer, Long> ends(ClusterView cluster) {
    return cluster.ends().stream()
        .collect(Collectors.toMap(Position::getPartition, Position::getSequence));
  }

  private ImportJob.Settings settings(Map<Integer, Long> ends) {
    return new ImportJob.Settings(
        LaneLimits.standard(Duration.ofSeconds(patienceSeconds)),
        stopOnError,
        rate == null ? Double.POSITIVE_INFINITY : rate,
        ends);
  }

  private void requireOtherFile(SourceFile source) throws IOException {
    if (outcomesFile != null && source.isSame(outcomesFile)) {
      throw new UsageException(
          "--outcomes: " + outcomesFile + " is " + source + " itself; name another file");
    }
  }

  private void check() {
    if (opening != null && !layout.isOnlineRetail()) {
      throw new UsageException("--opening needs --preset online-retail");
    }
    if (rate != null && rate < 1) {
      throw new UsageException("--rate must be at least 1 line a second, was " + rate);
    }
    if (patienceSeconds < 1) {
      throw new UsageException("--patience must be at least 1 second, was " + patienceSeconds);
    }
  }
}
