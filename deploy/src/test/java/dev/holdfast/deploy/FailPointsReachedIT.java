package dev.holdfast.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.holdfast.common.failpoint.FailPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Failpoints that no test of the nodes reaches are places that no fault was ever tried at. Runs
 * last, since each test process notes at its end what it reached.
 */
final class FailPointsReachedIT {
  private static final List<String> NODES = List.of("store-node", "aggregator-node");

  @Test
  void shouldReachEachInTheTestsOfTheNodes() throws IOException {
    assumeThat(System.getProperty("it.test", "")).as("a part of the tests only").isEmpty();
    Set<FailPoint> reached = new TreeSet<>();
    for (String node : NODES) {
      Path records = Path.of("..", node, "target", "failpoints");
      assumeThat(records).as("the tests of " + node + " did not run").isDirectory();
      try (Stream<Path> files = Files.list(records)) {
        for (Path file : files.toList()) {
          Files.readAllLines(file).forEach(name -> reached.add(FailPoint.valueOf(name)));
        }
      }
    }
    assertThat(reached).contains(FailPoint.values());
  }
}
