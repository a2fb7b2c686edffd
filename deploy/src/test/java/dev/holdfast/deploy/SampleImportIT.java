package dev.holdfast.deploy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A generated stream that only is not refused in the order of the file, in bad weather. */
@SystemTest
class SampleImportIT {
  private static final String DIRECTORY = "/tmp/sample";
  private static final int LINES_PER_SECOND = 5_000;

  @RegisterExtension static final HoldfastCluster CLUSTER = new HoldfastCluster();

  @Test
  void shouldBeExactWhenNodesFailDuringAnImport() {
    CLUSTER
        .tools()
        .holdfast("sample", "--out", DIRECTORY, "--lines", "200000", "--seed", "7")
        .outOrFail();
    ImportFiles files =
        new ImportFiles(
            DIRECTORY + "/sample-ops.tsv.gz",
            DIRECTORY + "/sample-expected-file-order.csv.gz",
            LINES_PER_SECOND);
    new ImportUnderFaults(CLUSTER, files).run();
  }
}
