package dev.holdfast.deploy;

import dev.holdfast.deploy.cluster.ToolsContainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.utility.MountableFile;

/** A year of real order lines, in bad weather; where the data are, which is not everywhere. */
@SystemTest
@EnabledIf(
    value = "dataIsThere",
    disabledReason =
        "online-retail-ops.tsv.gz is neither in HOLDFAST_DATA nor in shared/data beside the project")
class OnlineRetailImportIT {
  private static final String OPERATIONS = "online-retail-ops.tsv.gz";
  private static final String EXPECTED = "online-retail-expected-any-order.csv.gz";
  private static final String DIRECTORY = "/tmp/data/";
  private static final int LINES_PER_SECOND = 10_000;

  @RegisterExtension
  static final HoldfastCluster CLUSTER =
      new HoldfastCluster()
          .withTools(tools -> copy(tools, OPERATIONS))
          .withTools(tools -> copy(tools, EXPECTED));

  @Test
  void shouldBeExactWhenNodesFailDuringAnImport() {
    ImportFiles files =
        new ImportFiles(DIRECTORY + OPERATIONS, DIRECTORY + EXPECTED, LINES_PER_SECOND);
    new ImportUnderFaults(CLUSTER, files).run();
  }

  private static void copy(ToolsContainer tools, String name) {
    tools.withCopyFileToContainer(
        MountableFile.forHostPath(data().resolve(name), 0444), DIRECTORY + name);
  }

  static boolean dataIsThere() {
    return Files.isReadable(data().resolve(OPERATIONS));
  }

  /** Tests run in the folder of their module. */
  private static Path data() {
    return Optional.ofNullable(System.getenv("HOLDFAST_DATA"))
        .map(Path::of)
        .orElse(Path.of("../../shared/data"));
  }
}
