package dev.holdfast.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.imports.Layout.Field;
import dev.holdfast.cli.imports.file.ReadingOptions;
import dev.holdfast.cli.imports.file.SourceFile;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MovementReaderTest {
  private static final String HEADER = "store,sku,op,qty,reference\n";

  @TempDir Path directory = Path.of("");

  @Test
  void shouldReadTheOnlineRetailLayout() throws Exception {
    String text =
        """
        row\tinvoice\tat\tstore\tsku\top\tqty
        1\tC536365\t2010-12-01T08:26:00\tUnited Kingdom\t85123A\tSALE\t6
        """;

    FileMovement movement = present(reader(text, Layout.onlineRetail()).next());

    AdjustStockRequest adjust = movement.command().getAdjustStock();
    assertThat(movement.line()).isEqualTo(2);
    assertThat(movement.item()).isEqualTo(new StockKey("United Kingdom", "85123A"));
    assertThat(adjust.getDelta()).isEqualTo(-6);
    assertThat(adjust.getReason()).isEqualTo(AdjustmentReason.ADJUSTMENT_REASON_SALE);
    assertThat(adjust.getReference()).isEqualTo("C536365");
    assertThat(adjust.getIdempotencyKey()).isEqualTo(movement.key()).matches("i-f-.{16}");
  }

  @Test
  void shouldReadOpeningsAsCreations() throws Exception {
    String text = "store,sku,opening,expected_final\nAustralia,15036,600,0\n";

    FileMovement movement = present(reader(text, Layout.onlineRetailOpening()).next());

    assertThat(movement.kind()).isEqualTo(MovementKind.CREATE);
    assertThat(movement.command().getCreateItem().getInitialQuantity()).isEqualTo(600);
  }

  @ParameterizedTest
  @CsvSource({
    "receive, 5, 5",
    "SALE, 5, -5",
    "sold, 5, -5",
    "Return, 5, 5",
    "write-off, 5, -5",
    "WRITE_OFF, 5, -5",
    "found, 5, 5",
    "recount, -5, -5",
    "recount, 5, 5"
  })
  void shouldGiveTheQuantityTheSignOfItsOperation(String op, String qty, long delta)
      throws Exception {
    FileMovement movement = present(plain("Oslo,A," + op + "," + qty + ",r\n").next());

    assertThat(movement.command().getAdjustStock().getDelta()).isEqualTo(delta);
    assertThat(movement.command().getAdjustStock().getRecordShortfall())
        .isEqualTo(op.equals("sold"));
  }

  @Test
  void shouldReadQuotedFieldsAndMappedColumns() throws Exception {
    Layout layout = Layout.plain().with(Map.of(Field.store, "shop", Field.reference, "invoice no"));
    String text = "invoice no;sku;op;qty;shop\n\"7;8\";\"3\"\" tube\";sale;1;Oslo\n";

    AdjustStockRequest adjust = present(reader(text, layout).next()).command().getAdjustStock();

    assertThat(adjust.getStore()).isEqualTo("Oslo");
    assertThat(adjust.getSku()).isEqualTo("3\" tube");
    assertThat(adjust.getReference()).isEqualTo("7;8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Oslo,A,steal,1,r|op: must be one of",
        "Oslo,A,sale,many,r|qty: must be a whole number, was 'many'",
        "Oslo,A,sale,1.5,r|qty: must be a whole number, was '1.5'",
        "Oslo,A,sale,\"1,000\",r|qty: must be a whole number without a comma",
        "Oslo,A,sale,1e3,r|qty: must be a whole number, was '1e3'",
        "Oslo,A,sale,,r|qty: must be a whole number, was ''",
        "Oslo,A,sale,٣,r|qty: must be a whole number",
        "Oslo,A,sale,1,000,r|has 6 columns, the header has 5",
        "Oslo, A,sale,1,r|sku: has spaces around it, was ' A'; --trim",
        "Oslo\u00a0,A,sale,1,r|store: has spaces around it",
        "Oslo,A,sale,0,r|qty: must be 1 to",
        "Oslo,A,sale,-3,r|qty: must be 1 to",
        "Oslo,A,sale,1000000000001,r|qty: must be 1 to",
        "Oslo,A,sale,99999999999999999999,r|qty: is too large",
        "Oslo,A,recount,0,r|qty: ",
        ",A,sale,1,r|store: must be 1 to 128 bytes",
        "Oslo,A|has 2 columns, the header has 5",
        "Oslo,A\uFFFD,sale,1,r|sku: has a character that was lost in a conversion"
      })
  void shouldNameWhatIsWrongAndGoOn(String bad, String message) throws Exception {
    MovementReader reader = plain(bad + "\nOslo,A,sale,1,r\n");

    assertThatThrownBy(reader::next)
        .isInstanceOf(MalformedLineException.class)
        .hasMessageContaining(message);
    assertThat(reader.line()).isEqualTo(2);
    assertThat(present(reader.next()).line()).isEqualTo(3);
    assertThat(reader.next()).isNull();
  }

  @Test
  void shouldCountEmptyLinesButSkipThem() throws Exception {
    MovementReader reader = plain("\n\nOslo,A,sale,1,r\n\n");

    assertThat(present(reader.next()).line()).isEqualTo(4);
    assertThat(reader.next()).isNull();
  }

  @Test
  void shouldTakeDecimalsThatAreAllZeroForWholeUnits() throws Exception {
    assertThat(present(plain("Oslo,A,receive,21.0000,r\n").next()).command().getAdjustStock())
        .extracting(AdjustStockRequest::getDelta)
        .isEqualTo(21L);
  }

  @Test
  void shouldFindColumnsWhateverTheirCaseAndUseWhatIsFixed() throws Exception {
    Layout layout =
        Layout.plain()
            .with(Map.of(Field.sku, "variant sku", Field.qty, "Qty"))
            .withFixed(Map.of(Field.store, "Oslo", Field.op, "receive"));

    FileMovement movement = present(reader("Variant SKU ,QTY,Store\nA,3,Bergen\n", layout).next());

    assertThat(movement.item()).isEqualTo(new StockKey("Oslo", "A"));
    assertThat(movement.command().getAdjustStock().getDelta()).isEqualTo(3);
  }

  @Test
  void shouldRefuseToChooseBetweenColumnsOfOneName() {
    assertThatThrownBy(() -> reader("store,sku,op,qty,SKU\n", Layout.plain()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("2 columns 'sku'")
        .hasMessageContaining("--sku-column NAME");
  }

  @Test
  void shouldNameTheColumnAsTheFileDoes() throws Exception {
    Layout layout = Layout.plain().with(Map.of(Field.qty, "On Hand"));
    MovementReader reader = reader("store,sku,op,On Hand\nOslo,A,create,-3\n", layout);

    assertThatThrownBy(reader::next)
        .hasMessageContaining("qty (column 'On Hand'): must be 0 to")
        .hasMessageContaining("was -3");
  }

  @Test
  void shouldNameTheMissingColumnAndTheWayOut() {
    assertThatThrownBy(() -> reader("shop,sku,op,qty\n", Layout.plain()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no column 'store'")
        .hasMessageContaining("--store-column NAME, --store NAME for all lines");
  }

  private MovementReader plain(String lines) throws IOException {
    return reader(HEADER + lines, Layout.plain());
  }

  private MovementReader reader(String text, Layout layout) throws IOException {
    Path file = Files.writeString(directory.resolve("m.csv"), text);
    return new MovementReader(
        SourceFile.open(file), ReadingOptions.USUAL, layout, new LineKeys("i-f-"));
  }

  private static FileMovement present(@Nullable FileMovement movement) {
    assertThat(movement).isNotNull();
    return Objects.requireNonNull(movement);
  }
}
