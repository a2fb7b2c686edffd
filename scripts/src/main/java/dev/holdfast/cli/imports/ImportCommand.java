package dev.holdfast.cli.imports;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.Interruption;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.cli.UsageException;
import dev.holdfast.common.client.HoldfastClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast import}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Streams a file of movements, plain or gzip, into the cluster. The first line names the columns:"
          + " store, sku, op, qty and, if there is one, reference.",
      "Operations: create, receive, sale, return, write-off, found (qty without sign), recount (with"
          + " sign).",
      "Movements of one item keep the order of the file. A malformed line is reported and skipped.",
      "Importing the same content again changes nothing as long as the nodes remember its keys (24 h"
          + " and 10 million a partition, unless set otherwise): every line keeps its first outcome."
          + " So an import that was interrupted is resumed by running it again.",
      "Exit code 0 when every line has an outcome (refusals are outcomes), else 1."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast import movements.csv",
      "  holdfast import day.csv.gz --column store=shop --column reference=invoice --delimiter ';'",
      "  holdfast import --preset online-retail --opening expected.csv.gz ops.tsv.gz",
      "  holdfast import movements.csv --rate 1000",
      "  holdfast import movements.csv --outcomes outcomes.csv -o json",
    })
public final class ImportCommand implements Callable<Integer> {
  private static final int KEY_ID_MAX = 64;

  private final Session session;

  @Parameters(paramLabel = "FILE", description = "the movements")
  private Path file = Path.of("");

  @Mixin private final LayoutOptions layout = new LayoutOptions();

  @Option(
      names = "--opening",
      paramLabel = "FILE",
      description = "with --preset online-retail: create these items first (store,sku,opening)")
  private @Nullable Path opening;

  @Option(
      names = "--outcomes",
      paramLabel = "FILE",
      description = "write line,outcome,reason,message of every line of FILE, as they are decided")
  private @Nullable Path outcomesFile;

  @Option(
      names = "--import-id",
      paramLabel = "ID",
      description =
          "name of this import; the same file under another name counts again"
              + " (default: a fingerprint of the content)")
  private @Nullable String importId;

  @Option(names = "--stop-on-error", description = "stop at a malformed or refused line")
  private boolean stopOnError;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description =
          "how long to wait for a cluster that can not decide (default: ${DEFAULT-VALUE})")
  private int patienceSeconds;

  @Option(
      names = "--rate",
      paramLabel = "LINES",
      description =
          "lines a second at most, to leave room for others (default: as fast as it goes)")
  private @Nullable Integer rate;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  public ImportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    try (HoldfastClient client = connection.stores();
        Interruption interruption = Interruption.watch()) {
      Await.answer(client.topology());
      ImportJob job = new ImportJob(client, interruption, settings(), session.err());
      if (opening != null) {
        Layout items = Layout.onlineRetailOpening();
        job.run(new ImportJob.Task("opening", opening, items, keyPrefix("o", opening)), null);
      }
      job.run(
          new ImportJob.Task("import", file, layout.layoutOf(file), keyPrefix("i", file)),
          outcomesFile);
      output.print(Tally.Row.COLUMNS, job.summary(), session);
      return job.report() ? 0 : 1;
    }
  }

  private ImportJob.Settings settings() {
    return new ImportJob.Settings(
        LaneLimits.standard(Duration.ofSeconds(patienceSeconds)),
        stopOnError,
        rate == null ? Double.POSITIVE_INFINITY : rate);
  }

  private String keyPrefix(String kind, Path source) throws IOException {
    return kind + "-" + (importId == null ? SourceFile.fingerprint(source) : importId) + "-";
  }

  private void check() {
    if (!Files.isReadable(file)) {
      throw new UsageException("FILE: " + file + " can not be read");
    }
    if (opening != null && !layout.isOnlineRetail()) {
      throw new UsageException("--opening needs --preset online-retail");
    }
    if (opening != null && !Files.isReadable(opening)) {
      throw new UsageException("--opening: " + opening + " can not be read");
    }
    if (importId != null && !importId.matches("[\\x21-\\x7E]{1," + KEY_ID_MAX + "}")) {
      throw new UsageException("--import-id must be 1 to 64 ASCII characters without spaces");
    }
    if (rate != null && rate < 1) {
      throw new UsageException("--rate must be at least 1 line a second, was " + rate);
    }
    if (patienceSeconds < 1) {
      throw new UsageException("--patience must be at least 1 second, was " + patienceSeconds);
    }
  }
}
