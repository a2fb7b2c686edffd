package dev.holdfast.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import dev.holdfast.cli.FakeCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ImportCommandTest {
  private static final List<String> MOVEMENTS =
      List.of(
          "store,sku,op,qty,reference",
          "Oslo,A,create,0,",
          "Oslo,A,receive,10,d-1",
          "Oslo,A,sale,4,o-1",
          "Oslo,A,sale,40,o-2",
          "Oslo,A,steal,1,o-3",
          "Oslo,B,sale,1,o-4",
          "Oslo,A,write-off,1,");

  private final FakeStock stock = new FakeStock();
  private final FakeInventory inventory = new FakeInventory(stock);
  private final FakeCluster cluster = new FakeCluster(inventory, inventory.proof());

  @TempDir Path directory = Path.of("");

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void shouldCountOutcomesAndReportWhatWentWrong() throws IOException {
    CliRun run = importing(write("m.csv", MOVEMENTS), "-o", "csv");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            operation,outcome,reason,lines
            ,malformed,,1
            CREATE,accepted,,1
            RECEIVE,accepted,,1
            SALE,accepted,,1
            SALE,refused,INSUFFICIENT_STOCK,1
            SALE,refused,NOT_FOUND,1
            WRITE_OFF,accepted,,1
            """);
    assertThat(run.err()).contains("line 5 refused: INSUFFICIENT_STOCK");
    assertThat(run.err()).contains("line 6 malformed: op: must be one of");
    assertThat(stock.onHand("Oslo", "A")).isEqualTo(5);
  }

  @Test
  void shouldWriteTheOutcomeOfEveryLine() throws IOException {
    Path outcomes = directory.resolve("outcomes.csv");

    importing(write("m.csv", MOVEMENTS), "--outcomes", outcomes.toString());

    assertThat(Files.readAllLines(outcomes))
        .startsWith("line,outcome,reason,message")
        .contains("2,accepted,,", "5,refused,INSUFFICIENT_STOCK,scripted")
        .hasSize(MOVEMENTS.size());
  }

  @Test
  void shouldChangeNothingTheSecondTimeUnderAnyFileName() throws IOException {
    CliRun first = importing(write("m.csv", MOVEMENTS));
    CliRun second = importing(write("copy.csv", MOVEMENTS));

    assertThat(second.out()).isEqualTo(first.out());
    assertThat(stock.onHand("Oslo", "A")).isEqualTo(5);
  }

  @Test
  void shouldCountAgainUnderAnotherImportId() throws IOException {
    importing(write("m.csv", MOVEMENTS));
    importing(write("m.csv", MOVEMENTS), "--import-id", "again");

    assertThat(stock.onHand("Oslo", "A")).isEqualTo(10);
  }

  @Test
  void shouldStopAtTheFirstErrorWhenAsked() throws IOException {
    List<String> bad =
        Stream.concat(
                Stream.of("store,sku,op,qty", "Oslo,A,steal,1"),
                Stream.generate(() -> "Oslo,A,create,1").limit(100_000))
            .toList();

    CliRun run = importing(write("m.csv", bad), "--stop-on-error");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("--stop-on-error").contains("run the same command again");
  }

  @Test
  void shouldImportThePresetAndVerifyIt() throws IOException {
    Path opening = write("opening.csv", List.of("store,sku,opening,expected_final", "Oslo,A,6,1"));
    Path ops =
        write(
            "ops.tsv",
            List.of(
                "row\tinvoice\tat\tstore\tsku\top\tqty",
                "1\t536365\t2010-12-01T08:26:00\tOslo\tA\tSALE\t6",
                "2\tC536366\t2010-12-01T08:27:00\tOslo\tA\tRETURN\t1"));

    CliRun run = importing(ops, "--preset", "online-retail", "--opening", opening.toString());
    CliRun verified = run("verify", "--expected", opening.toString(), "-o", "csv");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(verified.out()).contains("0,0,,1,1,0,", "0,1,0,true,0", "stores = expected,1,0");
    assertThat(verified.code()).isZero();
  }

  @Test
  void shouldNameTheOptionThatIsWrong() throws IOException {
    Path file = write("m.csv", MOVEMENTS);

    assertThat(importing(directory.resolve("none.csv")).err()).contains("none.csv can not be read");
    assertThat(importing(file, "--opening", file.toString()).err()).contains("--preset");
    assertThat(importing(file, "--delimiter", "ab").err()).contains("--delimiter");
    assertThat(importing(file, "--column", "store=shop").err()).contains("no column 'shop'");
    assertThat(importing(file, "--preset", "x").code()).isEqualTo(2);
  }

  private CliRun importing(Path file, String... options) {
    return run(Stream.concat(Stream.of("import", file.toString()), Stream.of(options)));
  }

  private CliRun run(String... arguments) {
    return run(Stream.of(arguments));
  }

  private CliRun run(Stream<String> arguments) {
    Stream<String> connection =
        Stream.of("--endpoint", cluster.address(), "--aggregator", cluster.address());
    return CliRun.of(Stream.concat(arguments, connection).toArray(String[]::new));
  }

  private Path write(String name, List<String> lines) throws IOException {
    return Files.write(directory.resolve(name), lines);
  }
}
