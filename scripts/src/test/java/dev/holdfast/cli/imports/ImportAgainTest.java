package dev.holdfast.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import dev.holdfast.cli.FakeCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file that is imported a second time: whole, mended, longer, sorted anew, or days later. */
@Timeout(60)
final class ImportAgainTest {
  private static final String HEADER = "store,sku,op,qty";
  private static final Pattern ID = Pattern.compile("this was import (\\S+)");

  private final FakeStock stock = new FakeStock();
  private final FakeCluster cluster = new FakeCluster(stock::sequence, new FakeInventory(stock));

  @TempDir Path directory = Path.of("");

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void shouldAskWhenAFileThatWasImportedHasChanged() throws IOException {
    String id = id(importing("Oslo,A,create,0", "Oslo,A,receive,1,000", "Oslo,A,receive,5"));

    CliRun run = importing("Oslo,A,create,0", "Oslo,A,receive,1000", "Oslo,A,receive,5");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--continue " + id, "--new");
    assertThat(onHand()).isEqualTo(5);
  }

  @Test
  void shouldTakeOnlyWhatIsNewWhenItGoesOn() throws IOException {
    String id = id(importing("Oslo,A,create,0", "Oslo,A,receive,1,000", "Oslo,A,receive,5"));
    List<String> mended =
        List.of("Oslo,A,receive,5", "Oslo,A,receive,5", "Oslo,A,create,0", "Oslo,A,receive,1000");

    CliRun run = importing(mended, "--continue", id);
    CliRun unchanged = importing(mended);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("2 of them were known already");
    assertThat(unchanged.err()).contains("4 of them were known already");
    assertThat(onHand()).isEqualTo(1_010);
  }

  @Test
  void shouldGoOnWithAFileThatWasSavedInAnotherWay() throws IOException {
    Path file = directory.resolve("m.csv");
    Files.writeString(file, "store,sku,op,qty\nOslo,A,create,5\nOslo,A,receive,2\n");
    String id = id(run(file));
    List<String> saved =
        List.of(
            "\uFEFFsep=;",
            "Note;QTY;SKU;Store;Op",
            "\"a\nb\";2.00;A;Oslo;Receive",
            ";5;\"A\";Oslo;CREATE");
    Files.writeString(file, String.join("\r\n", saved), StandardCharsets.UTF_16LE);

    CliRun run = run(file, "--continue", id);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("2 of them were known already");
    assertThat(onHand()).isEqualTo(7);
  }

  @Test
  void shouldCountAllLinesOfAChangedFileWhenTold() throws IOException {
    importing("Oslo,A,create,0", "Oslo,A,receive,5");
    List<String> next = List.of("Oslo,A,receive,5", "Oslo,A,receive,1");

    assertThat(importing(next, "--new").code()).isZero();
    assertThat(onHand()).isEqualTo(11);
    assertThat(importing(next).err()).contains("2 of them were known already");
    assertThat(importing(next, "--new").code()).isZero();
    assertThat(onHand()).isEqualTo(17);
  }

  @Test
  void shouldAskWhenTheSameFileIsReadInAnotherWay() throws IOException {
    importing("Oslo,A,create,0", "Oslo,A,receive,5");

    CliRun run = importing(List.of("Oslo,A,create,0", "Oslo,A,receive,5"), "--store", "Bergen");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("read in another way");
  }

  @Test
  void shouldRefuseToGoOnWithWhatIsNotRecorded() throws IOException {
    CliRun run = importing(List.of("Oslo,A,create,0"), "--continue", "typo");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("no import 'typo'");
    assertThat(stock.asked()).isZero();
  }

  @Test
  void shouldTryRefusedLinesAnewOnceARound() throws IOException {
    List<String> lines = List.of("Oslo,A,create,0", "Oslo,A,sale,5");
    String id = id(importing(lines));
    receiveElsewhere(10);

    assertThat(importing(lines).err()).contains("line 3 refused: INSUFFICIENT_STOCK");
    assertThat(importing(lines, "--retry-refused").code()).isZero();
    assertThat(onHand()).isEqualTo(5);
    assertThat(importing(lines, "--retry-refused").code()).isZero();
    assertThat(importing(lines).code()).isZero();
    assertThat(importing(lines, "--continue", id).code()).isZero();
    assertThat(onHand()).isEqualTo(5);
  }

  @Test
  void shouldAskItsOwnRecordOnceTheNodesMayHaveForgotten() throws IOException {
    List<String> lines = List.of("Oslo,A,create,9", "Oslo,A,sale,5", "Oslo,A,sale,50");
    String id = id(importing(lines));
    stock.forgetReceipts();
    List<String> longer = new ArrayList<>(lines);
    longer.add("Oslo,A,receive,1");

    CliRun run = importing(longer, "--continue", id, "--receipts-kept", "1h");

    assertThat(run.err())
        .contains("the record on this machine counts")
        .contains("2 of them were known already")
        .contains("line 4 refused: REFUSED_BEFORE");
    assertThat(onHand()).isEqualTo(5);
    CliRun retried =
        importing(longer, "--continue", id, "--receipts-kept", "1h", "--retry-refused");
    assertThat(retried.err()).contains("line 4 refused: INSUFFICIENT_STOCK");
    assertThat(onHand()).isEqualTo(5);
  }

  @Test
  void shouldRefuseRatherThanDoubleWhenNobodyRemembers() throws IOException {
    importing("Oslo,A,create,9", "Oslo,A,receive,5");
    stock.forgetReceipts();
    try (Stream<Path> all = Files.walk(directory.resolve("state"))) {
      for (Path lines : all.filter(path -> path.toString().endsWith(".lines")).toList()) {
        Files.delete(lines);
      }
    }

    CliRun run = importing(List.of("Oslo,A,create,9", "Oslo,A,receive,5"), "--receipts-kept", "1h");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("the record of them is gone").contains("--new");
    assertThat(onHand()).isEqualTo(14);
  }

  @Test
  void shouldNotTakeAnEmptierClusterForTheOneThatItKnew() throws IOException {
    List<String> lines = List.of("Oslo,A,create,9", "Oslo,A,receive,5");
    importing(lines);
    stock.wipe();

    CliRun run = importing(lines, "--receipts-kept", "1h");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("partition 0 ends at 0, and did at 2", "--new");
    assertThat(importing(lines, "--new").code()).isZero();
    assertThat(onHand()).isEqualTo(14);
  }

  @Test
  void shouldShowWhatItWouldDoAndDoNothing() throws IOException {
    String id = id(importing("Oslo,A,create,9", "Oslo,A,sale,50"));
    List<String> longer =
        List.of("Oslo,A,create,9", "Oslo,A,sale,50", "Oslo,A,receive,1", "Oslo,A,receive,x");
    int asked = stock.asked();

    CliRun run = importing(longer, "--dry-run", "--continue", id, "-o", "csv");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .isEqualTo(
            """
            operation,outcome,reason,lines
            ,malformed,,1
            CREATE,taken before,,1
            RECEIVE,would be sent,,1
            SALE,refused before,,1
            """);
    assertThat(run.err()).contains("line 5 malformed").contains("import " + id);
    assertThat(stock.asked()).isEqualTo(asked);
    assertThat(importing(longer).code()).as("nothing was recorded").isEqualTo(2);
  }

  @Test
  void shouldRepeatNothingHoweverTheLinesAreSorted() throws IOException {
    List<String> lines = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      lines.add("Oslo,A,receive," + (1 + random.nextInt(20)));
    }
    lines.add(0, "Oslo,A,create,0");
    String id = id(importing(lines));
    long before = onHand();
    Collections.shuffle(lines, random);

    CliRun run = importing(lines, "--continue", id);

    assertThat(run.err()).contains("501 of them were known already");
    assertThat(onHand()).isEqualTo(before);
  }

  @Test
  void shouldSayWhenImportsCanNotBeRecorded() throws IOException {
    Path file = Files.writeString(directory.resolve("m.csv"), HEADER + "\nOslo,A,create,1\n");
    Path blocked = Files.createDirectory(directory.resolve("state"));
    Files.writeString(blocked.resolve("imports"), "not a directory");

    CliRun run = run(file);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("imports cannot be recorded").contains("--state-dir");
  }

  private void receiveElsewhere(long units) throws IOException {
    Path other = directory.resolve("other.csv");
    Files.writeString(other, HEADER + "\nOslo,A,receive," + units + "\n");
    assertThat(run(other).code()).isZero();
  }

  private long onHand() {
    return stock.onHand("Oslo", "A");
  }

  private static String id(CliRun run) {
    Matcher id = ID.matcher(run.err());
    assertThat(id.find()).as(run.err()).isTrue();
    return id.group(1);
  }

  private CliRun importing(String... lines) throws IOException {
    return importing(List.of(lines));
  }

  private CliRun importing(List<String> lines, String... options) throws IOException {
    Path file = directory.resolve("m.csv");
    Files.writeString(file, HEADER + "\n" + String.join("\n", lines) + "\n");
    return run(file, options);
  }

  private CliRun run(Path file, String... options) {
    Stream<String> always =
        Stream.of(
            "import", file.toString(),
            "--state-dir", directory.resolve("state").toString(),
            "--endpoint", cluster.address());
    return CliRun.of(Stream.concat(always, Stream.of(options)).toArray(String[]::new));
  }
}
