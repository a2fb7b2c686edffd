package dev.holdfast.deploy.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class PlantedBugsTest {
  private static final Path PROJECT = Path.of("..");

  private final Sources sources = new Sources(PROJECT);

  /** A row whose text is gone would plant nothing, and "survive" or be left out unnoticed. */
  @TestFactory
  List<DynamicTest> shouldFindTheTextAndTheTestsOfEachRow() {
    return PlantedBugTable.read(PROJECT.resolve(PlantedBugs.TABLE)).stream()
        .map(bug -> DynamicTest.dynamicTest(bug.id(), () -> check(bug)))
        .toList();
  }

  private void check(PlantedBug bug) {
    assertThat(sources.planted(bug)).isNotBlank();
    assertThat(bug.replacement()).isNotEqualTo(bug.text());
    assertThat(bug.tests()).allSatisfy(guard -> assertThat(sources.hasMethod(guard)).isTrue());
  }

  @Test
  void shouldReadARow() {
    List<String> table =
        List.of(
            "# a comment",
            "## Decisions",
            "",
            "R1 same key, same result: the receipt is not looked at",
            "  in store-node/Dispatcher.java",
            "  - if (a) {",
            "  - b();",
            "  + if (false) {",
            "  + b();",
            "  by ReceiptsTest, aggregator-node/ViewTest#shouldSee (or hangs)");

    assertThat(PlantedBugTable.parse(table))
        .containsExactly(
            new PlantedBug(
                "Decisions",
                "R1",
                "same key, same result: the receipt is not looked at",
                "store-node",
                "Dispatcher.java",
                List.of("if (a) {", "b();"),
                List.of("if (false) {", "b();"),
                List.of(
                    new PlantedBug.Guard("store-node", "ReceiptsTest", false),
                    new PlantedBug.Guard("aggregator-node", "ViewTest#shouldSee", true))));
  }

  @Test
  void shouldRefuseARowWhoseTextIsGone() {
    PlantedBug bug =
        PlantedBugTable.parse(
                List.of(
                    "X1 promise",
                    "  in common/StockLevel.java",
                    "  - no line of the file",
                    "  by PlantedBugsTest"))
            .get(0);

    assertThatThrownBy(() -> sources.planted(bug))
        .hasMessage("X1: its text occurs 0 times in StockLevel.java");
  }

  @Test
  void shouldRefuseTwoRowsOfOneId() {
    List<String> row = List.of("X1 promise", "  in a/B.java", "  - c", "  by D", "");

    assertThatThrownBy(
            () -> PlantedBugTable.parse(Stream.of(row, row).flatMap(List::stream).toList()))
        .hasMessage("two planted bugs have the id X1");
  }

  @Test
  void shouldRefuseARowWithoutTests() {
    List<String> row = List.of("X1 promise", "  in a/B.java", "  - c");

    assertThatThrownBy(() -> PlantedBugTable.parse(row))
        .hasMessage("X1: needs one line that begins with 'by'");
  }
}
