package dev.holdfast.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import dev.holdfast.cli.FakeCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
  private final FakeCluster cluster =
      new FakeCluster(stock::sequence, inventory, inventory.proof());

  @TempDir Path directory = Path.of("");

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void shouldCountOutcomesAndReportWhatWentWrong() throws IOException {
    CliRun run = importing(write("m.csv", MOVEMENTS), "-o", "csv");

    assertThat(run.code()).isEqualTo(1);
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

    assertThat(first.err()).doesNotContain("known already");
    assertThat(second.err()).contains("4 of them were known already");
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
    assertThat(run.err()).contains("--stop-on-error").contains("the same command with --continue ");
  }

  @Test
  void shouldNameTheFirstLinesThatWereLeftOutAndWriteAllOfThem() throws IOException {
    Stream<String> bad = Stream.generate(() -> "Oslo,A,sale,1.5,").limit(12);
    List<String> lines =
        Stream.concat(Stream.of("store,sku,op,qty,reference", "Oslo,A,create,9,"), bad).toList();
    Path outcomes = directory.resolve("outcomes.csv");

    CliRun run = importing(write("m.csv", lines), "--outcomes", outcomes.toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains("line 3 malformed: qty: must be a whole number, was '1.5'", "line 12 malformed")
        .doesNotContain("line 13 malformed")
        .contains("the outcomes file has all of them", "12 lines were not taken");
    assertThat(Files.readAllLines(outcomes)).hasSize(14);
  }

  @Test
  void shouldEndWithNothingToSayWhenEveryLineWasTaken() throws IOException {
    CliRun run = importing(write("m.csv", MOVEMENTS.subList(0, 4)));

    assertThat(run.code()).isZero();
    assertThat(run.err()).doesNotContain("not taken");
  }

  @Test
  void shouldDoNothingWithAFileThatCanNotBeReadToItsEnd() throws IOException {
    Path utf16 = directory.resolve("utf16.csv");
    Files.write(utf16, "store,sku,op,qty\n".getBytes(StandardCharsets.UTF_16LE));
    List<String> open = List.of("store,sku,op,qty", "Oslo,A,create,5", "Oslo,\"B,create,5");

    assertThat(importing(write("m.csv", MOVEMENTS.subList(0, 1))))
        .returns(2, CliRun::code)
        .satisfies(run -> assertThat(run.err()).contains("no lines below"));
    assertThat(importing(utf16))
        .returns(2, CliRun::code)
        .satisfies(run -> assertThat(run.err()).contains("without a byte order mark"));
    assertThat(importing(write("open.csv", open)))
        .returns(2, CliRun::code)
        .satisfies(run -> assertThat(run.err()).contains("nothing was imported: line 3"));
    assertThat(stock.asked()).isZero();
  }

  @Test
  void shouldTakeALineBreakInAQuotedNoteForWhatItIs() throws IOException {
    List<String> lines =
        List.of(
            "store,sku,op,qty,note",
            "Oslo,A,create,9,\"call back",
            "Oslo,A,sale,5,then ship\"",
            "Oslo,A,sale,1,");

    CliRun run = importing(write("m.csv", lines));

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(stock.onHand("Oslo", "A")).isEqualTo(8);
  }

  @Test
  void shouldNeverWriteOutcomesOverAFileThatItReads() throws IOException {
    Path file = write("m.csv", MOVEMENTS);
    Path link = Files.createSymbolicLink(directory.resolve("link.csv"), file);
    Path hard = Files.createLink(directory.resolve("hard.csv"), file);
    Path opening = write("opening.csv", List.of("store,sku,opening", "Oslo,A,6"));
    String preset = "online-retail";

    for (Path outcomes : List.of(file, link, hard)) {
      CliRun run = importing(file, "--outcomes", outcomes.toString());
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("--outcomes: " + outcomes).contains("name another file");
    }
    assertThat(
            importing(
                    file,
                    "--preset",
                    preset,
                    "--opening",
                    opening.toString(),
                    "--outcomes",
                    opening.toString())
                .code())
        .isEqualTo(2);
    assertThat(Files.readAllLines(file)).isEqualTo(MOVEMENTS);
    assertThat(stock.asked()).isZero();
  }

  @Test
  void shouldDoTheLinesInTheOrderOfAColumn() throws IOException {
    List<String> newestFirst =
        List.of(
            "store,sku,op,qty,at",
            "Oslo,A,sale,3,2026-11-30 14:05:00",
            "Oslo,A,receive,3,2026-11-30 14:05:00",
            "Oslo,A,create,0,2026-11-29 09:00:00");
    Path file = write("m.csv", newestFirst);

    assertThat(importing(file, "--import-id", "as-it-stands").code()).isEqualTo(1);
    CliRun run = importing(file, "--import-id", "in-order", "--order-by", "AT");

    assertThat(run.err()).contains("line 4 refused: ITEM_EXISTS");
    assertThat(run.err()).doesNotContain("line 2 refused", "line 3 refused");
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

    assertThat(importing(directory.resolve("none.csv")).err()).contains("none.csv cannot be read");
    assertThat(importing(file, "--opening", file.toString()).err()).contains("--preset");
    assertThat(importing(file, "--delimiter", "ab").err()).contains("--delimiter");
    assertThat(importing(file, "--store-column", "shop").err()).contains("no column 'shop'");
    assertThat(importing(file, "--preset", "x").code()).isEqualTo(2);
    assertThat(importing(file, "--store", "Oslo", "--store-column", "s").err())
        .contains("--store and --store-column cannot go together");
    assertThat(importing(file, "--op", "steal").err()).contains("--op: must be one of create");
    assertThat(importing(file, "--encoding", "x y").err()).contains("--encoding: 'x y'");
    assertThat(importing(file, "--receipts-kept", "soon").err()).contains("--receipts-kept");
  }

  private CliRun importing(Path file, String... options) {
    Stream<String> always =
        Stream.of("import", file.toString(), "--state-dir", directory.resolve("state").toString());
    return run(Stream.concat(always, Stream.of(options)));
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
