package dev.holdfast.cli.imports;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files in the layouts that shops and an ERP export, with what is odd about them, come into a real
 * node with nothing but options. The rows were made up.
 */
@Timeout(180)
final class ShopExportsIT {
  @TempDir Path directory = Path.of("");
  private RealNode node;

  @BeforeEach
  void start() {
    node = new RealNode(directory.resolve("node"));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void shouldTakeTheProductsOfShopify() throws IOException {
    CliRun run =
        importing(
            export("shopify-products.csv"),
            List.of("--store", "oslo", "--op", "create"),
            List.of("--sku-column", "Variant SKU", "--quantity-column", "Variant Inventory Qty"));

    assertThat(run.code()).as(run.err()).isEqualTo(1);
    assertThat(run.out()).contains(",malformed,,6\n", "CREATE,accepted,,16\n");
    assertThat(run.err())
        .contains("line 15 malformed: sku (column 'Variant SKU'): must be 1 to")
        .contains("malformed: qty (column 'Variant Inventory Qty'): must be 0 to")
        .contains("was -3")
        .contains("6 lines were not taken");
    Map<String, Long> stock = stock();
    assertThat(stock)
        .hasSize(16)
        .containsEntry("oslo LIN-SAN-M", 12L)
        .containsEntry("oslo MUG-2", 12L);
    assertThat(stock.values().stream().mapToLong(units -> units).sum()).isEqualTo(363);
  }

  @Test
  void shouldTakeTheProductsOfWooCommerceAndLaterTheirCounts() throws IOException {
    List<String> columns = List.of("--quantity-column", "Stock");
    Path file = export("woocommerce-products.csv");

    CliRun run = importing(file, List.of("--store", "web", "--op", "create"), columns);

    assertThat(run.code()).as(run.err()).isEqualTo(1);
    assertThat(run.out()).contains(",malformed,,8\n", "CREATE,accepted,,18\n");
    assertThat(run.err())
        .contains("sku: has spaces around it, was 'kaffee-lose '; --trim takes them away")
        .contains("qty (column 'Stock'): must be a whole number, was '12.5'")
        .contains("qty (column 'Stock'): must be 0 to 1000000000000, was -2")
        .contains("8 lines were not taken");
    Map<String, Long> stock = stock();
    assertThat(stock).hasSize(18).containsEntry("web tasse-weiß", 240L);
    assertThat(stock.values().stream().mapToLong(units -> units).sum()).isEqualTo(1_323);

    String text = Files.readString(file).replace(",240,", ",200,");
    Files.writeString(file, text);
    CliRun counted =
        importing(file, List.of("--store", "web", "--op", "count", "--new", "--trim"), columns);

    assertThat(counted.out()).contains("COUNT,accepted,,18\n", "COUNT,refused,NOT_FOUND,1\n");
    assertThat(stock()).hasSize(18).containsEntry("web tasse-weiß", 200L);
  }

  /** As a spreadsheet saves it: UTF-16, semicolons, line ends of Windows. */
  @Test
  void shouldTakeTheStockOfAnErp() throws IOException {
    Path file = export("erp-stock.csv");
    String windows = Files.readString(file).replaceAll("\r?\n", "\r\n");
    Files.write(file, ("\uFEFF" + windows).getBytes(UTF_16LE));
    List<String> columns =
        List.of(
            "--store-column", "location",
            "--sku-column", "product/internal reference",
            "--quantity-column", "quantity");

    CliRun run = importing(file, List.of("--op", "create"), columns);

    assertThat(run.code()).as(run.err()).isEqualTo(1);
    assertThat(run.out())
        .contains(",malformed,,4\n", "CREATE,accepted,,25\n", "CREATE,refused,ITEM_EXISTS,1\n");
    assertThat(run.err())
        .contains(
            "line 26 malformed: qty (column 'Quantity'): must be a whole number without a comma")
        .contains(
            "line 27 malformed: qty (column 'Quantity'): must be a whole number, was '17.5000'")
        .contains("line 30 refused: ITEM_EXISTS")
        .contains("line 32 malformed: qty (column 'Quantity'): must be 0 to 1000000000000, was -3")
        .contains("line 33 malformed: sku (column 'Product/Internal Reference'): must be 1 to");
    Map<String, Long> stock = stock();
    assertThat(stock).hasSize(25).containsEntry("WH/Stock FURN_7000", 21L);
    assertThat(stock.values().stream().mapToLong(units -> units).sum()).isEqualTo(388);
  }

  private Path export(String name) throws IOException {
    Path file = directory.resolve(name);
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("/exports/" + name), name)) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  private CliRun importing(Path file, List<String> what, List<String> columns) {
    Stream<String> always =
        Stream.of(
            "import",
            file.toString(),
            "-o",
            "csv",
            "--state-dir",
            directory.resolve("state").toString(),
            "--endpoint",
            node.address());
    Stream<String> options = Stream.concat(what.stream(), columns.stream());
    return CliRun.of(Stream.concat(always, options).toArray(String[]::new));
  }

  private Map<String, Long> stock() {
    CliRun run = CliRun.of("stock", "list", "--all", "-o", "csv", "--endpoint", node.address());
    assertThat(run.code()).as(run.err()).isZero();
    Map<String, Long> stock = new TreeMap<>();
    run.out()
        .lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .forEach(cells -> stock.put(cells[0] + " " + cells[1], Long.valueOf(cells[2])));
    return stock;
  }
}
