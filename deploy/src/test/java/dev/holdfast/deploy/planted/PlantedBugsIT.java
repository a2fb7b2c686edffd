package dev.holdfast.deploy.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plants a few bugs in each build, so that neither the planting nor the checkers of histories stop
 * working unnoticed. Which ones changes with the size of the table. {@code
 * scripts/check/planted-bugs} plants all.
 */
final class PlantedBugsIT {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final int EVERY = 5;

  /** Areas whose tests take a second or two, and need nothing besides what this module has. */
  private static final Set<String> AREAS = Set.of("Checkers of histories", "Failpoints");

  @TempDir private Path work;

  @Test
  void shouldCatchAFewOfThem() throws Exception {
    List<PlantedBug> quick =
        PlantedBugTable.read(PROJECT.resolve(PlantedBugs.TABLE)).stream()
            .filter(bug -> AREAS.contains(bug.area()))
            .filter(bug -> bug.tests().stream().noneMatch(PlantedBugsIT::isLong))
            .toList();
    List<PlantedBug> few =
        IntStream.range(0, quick.size())
            .filter(i -> i % EVERY == quick.size() % EVERY)
            .mapToObj(quick::get)
            .toList();

    PlantedBugsReport report = new PlantedBugs(new Sources(PROJECT), work).plant(few);

    assertThat(few).hasSizeGreaterThan(4);
    assertThat(report.isEverythingCaught()).as(report.text()).isTrue();
  }

  private static boolean isLong(PlantedBug.Guard guard) {
    return guard.className().endsWith("IT") || guard.mayHang();
  }
}
