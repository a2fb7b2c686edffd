package dev.holdfast.cli.sample;

import dev.holdfast.cli.CliCommand;
import dev.holdfast.cli.UsageException;
import dev.holdfast.common.domain.StockKey;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast sample}. */
@Command(
    name = "sample",
    description = {
      "Generates movements that resemble a year of a real shop, from a seed:",
      "  sample-ops.tsv.gz                   the movements, for import --preset online-retail",
      "  sample-expected-any-order.csv.gz    opening and final quantities, for any order of lines",
      "  sample-expected-file-order.csv.gz   the same, when each item keeps the order of the file"
    },
    footer = {
      "",
      "Examples:",
      "  holdfast sample --out /tmp/sample",
      "  holdfast sample --out /tmp/sample --lines 500000 --seed 7",
    })
public final class SampleCommand extends CliCommand implements Runnable {
  private static final int LINES_MAX = 100_000_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "target directory")
  private Path directory = Path.of("");

  @Option(
      names = "--lines",
      paramLabel = "N",
      defaultValue = "100000",
      description = "movements (default: ${DEFAULT-VALUE})")
  private int lines;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "the same seed writes the same files (default: ${DEFAULT-VALUE})")
  private long seed;

  @Override
  public void run() {
    UsageException.requireRange("--lines", lines, 1, LINES_MAX);
    try {
      Files.createDirectories(directory);
      Map<StockKey, Opening> openings = writeMovements();
      writeExpected("sample-expected-any-order.csv.gz", openings, Opening::anyOrder);
      writeExpected("sample-expected-file-order.csv.gz", openings, Opening::fileOrder);
      err().println(lines + " movements of " + openings.size() + " items in " + directory);
    } catch (IOException e) {
      throw new UsageException("--out: " + directory + " cannot be written: " + e);
    }
  }

  private Map<StockKey, Opening> writeMovements() throws IOException {
    Map<StockKey, Opening> openings =
        new TreeMap<>(Comparator.comparing(StockKey::store).thenComparing(StockKey::sku));
    SampleShop shop = new SampleShop(seed);
    try (Writer out = gzip("sample-ops.tsv.gz")) {
      out.write("row\tinvoice\tat\tstore\tsku\top\tqty\n");
      for (int row = 1; row <= lines; row++) {
        SampleLine line = shop.next();
        StockKey item = new StockKey(line.order().store(), line.sku());
        openings.put(item, openings.getOrDefault(item, Opening.NONE).then(line.delta()));
        out.write(text(row, line));
      }
    }
    return openings;
  }

  private static String text(int row, SampleLine line) {
    return String.join(
        "\t",
        Integer.toString(row),
        line.order().invoice(),
        TIME.format(line.order().at()),
        line.order().store(),
        line.sku(),
        line.operation().name(),
        Integer.toString(line.units()) + "\n");
  }

  private void writeExpected(
      String name, Map<StockKey, Opening> openings, ToLongFunction<Opening> opening)
      throws IOException {
    try (Writer out = gzip(name)) {
      out.write("store,sku,opening,expected_final\n");
      for (Map.Entry<StockKey, Opening> entry : openings.entrySet()) {
        StockKey item = entry.getKey();
        long units = opening.applyAsLong(entry.getValue());
        long end = units + entry.getValue().change();
        out.write(item.store() + "," + item.sku() + "," + units + "," + end + "\n");
      }
    }
  }

  private Writer gzip(String name) throws IOException {
    return new OutputStreamWriter(
        new GZIPOutputStream(Files.newOutputStream(directory.resolve(name)), 1 << 16),
        StandardCharsets.UTF_8);
  }
}
