package dev.holdfast.aggregator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Names and numbers on disk are forever. */
class FamilyTest {
  private static final Path DOCS = Path.of("../docs/ARCHITECTURE.md");
  private static final String BEGIN = "<!-- families of an aggregator: FamilyTest -->";

  @Test
  void shouldKeepNumbersAndNames() {
    assertThat(Family.values())
        .extracting(family -> family.number() + " " + family.columnFamily())
        .containsExactly(
            "0 default",
            "1 view",
            "2 totals",
            "3 cursors",
            "4 meta",
            "5 violations",
            "6 demand",
            "7 letters",
            "8 lines",
            "9 parked",
            "10 changes",
            "11 movements",
            "12 history",
            "13 refusals",
            "14 marks",
            "15 events",
            "16 frozen");
  }

  @Test
  void shouldUseNoRetiredNumberAndNoFormatOfTheFuture() {
    assertThat(Family.values())
        .noneMatch(family -> Family.RETIRED.contains(family.number()))
        .allMatch(family -> family.since() <= DataDirectoryOwner.FORMAT);
  }

  @Test
  void shouldBeTheTableOfTheDocs() throws Exception {
    String docs = Files.readString(DOCS);
    String table = docs.substring(docs.indexOf(BEGIN) + BEGIN.length()).strip();

    assertThat(table).startsWith(table());
  }

  private static String table() {
    StringBuilder table = new StringBuilder();
    table.append("| # | family | key | value | since format |\n|---|---|---|---|---|\n");
    for (Family family : Family.values()) {
      table.append(
          "| %d | `%s` | %s | %s | %d |\n"
              .formatted(
                  family.number(),
                  family.columnFamily(),
                  family.key(),
                  family.value(),
                  family.since()));
    }
    return table.toString();
  }
}
