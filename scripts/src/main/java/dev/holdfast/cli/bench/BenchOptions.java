package dev.holdfast.cli.bench;

import dev.holdfast.cli.UsageException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** The measurements to take, and their duration. */
final class BenchOptions {
  private static final int NODES = 3;
  private static final int ITEMS_MAX = 1_000_000;
  private static final int IN_FLIGHT_MAX = 100_000;

  @Option(
      names = "--partitions",
      defaultValue = "1",
      description = "partitions of the temporary cluster (default: ${DEFAULT-VALUE})")
  int partitions;

  @Option(
      names = "--in-flight",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "N,...",
      description = "calls in flight (default: 1,64,256,1000 for single, 64 for batch, else 256)")
  private List<Integer> inFlight = List.of();

  @Option(
      names = "--only",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "WORKLOAD,...",
      description = "some of ${COMPLETION-CANDIDATES} (default: all)")
  private List<Workload> only = Workload.all();

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "time to measure each row (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--warmup",
      paramLabel = "SECONDS",
      defaultValue = "45",
      description =
          "load before the first row; a young JVM needs 2-4 times the CPU (default:"
              + " ${DEFAULT-VALUE})")
  private int warmupSeconds;

  @Option(
      names = "--items",
      defaultValue = "10000",
      description = "items that calls choose from, up to 1000000 (default: ${DEFAULT-VALUE})")
  int items;

  @Option(
      names = "--channels",
      defaultValue = "1",
      description = "connections to each node (default: ${DEFAULT-VALUE})")
  int channelsPerNode;

  @Option(
      names = "--port-base",
      defaultValue = "17100",
      description = "ports of the temporary cluster (default: ${DEFAULT-VALUE})")
  int portBase;

  @Option(
      names = "--secure",
      description = "a temporary cluster with certificates and TLS (default: in the clear)")
  boolean secure;

  @Option(
      names = "--view",
      description =
          "measure the view of a temporary cluster instead: start, catch-up, lag, rebuild")
  boolean view;

  void check() {
    UsageException.requireRange("--partitions", partitions, 1, 64);
    UsageException.requireRange("--seconds", seconds, 1, 86_400);
    UsageException.requireRange("--warmup", warmupSeconds, 0, 86_400);
    UsageException.requireRange("--items", items, 64, ITEMS_MAX);
    UsageException.requireRange("--channels", channelsPerNode, 1, 64);
    UsageException.requireRange("--port-base", portBase, 1_024, 65_000);
    inFlight.forEach(calls -> UsageException.requireRange("--in-flight", calls, 1, IN_FLIGHT_MAX));
  }

  OwnCluster startCluster() throws IOException {
    return OwnCluster.start(partitions, portBase, secure);
  }

  /** The port that scripts/cluster gives the aggregator of the temporary cluster. */
  int aggregatorPort() {
    return portBase + 11;
  }

  Duration time() {
    return Duration.ofSeconds(seconds);
  }

  Duration warmup() {
    return Duration.ofSeconds(warmupSeconds);
  }

  /** The addresses that scripts/cluster gives the store nodes of the temporary cluster. */
  List<String> ownEndpoints() {
    return IntStream.rangeClosed(1, NODES)
        .mapToObj(place -> "127.0.0.1:" + (portBase + place))
        .toList();
  }

  List<BenchRow.Setting> settings(int partitionCount) {
    return only.stream()
        .flatMap(
            workload ->
                inFlight(workload).stream()
                    .map(calls -> new BenchRow.Setting(workload, calls, partitionCount, items)))
        .toList();
  }

  /** The workload that writes a log for the view to catch up with. */
  BenchRow.Setting logWriting() {
    return new BenchRow.Setting(
        Workload.batch, Workload.batch.inFlight().get(0), partitions, items);
  }

  /** Each workload once, at its highest load. */
  List<BenchRow.Setting> warmUpSettings(int partitionCount) {
    return only.stream()
        .map(
            workload -> {
              int most = inFlight(workload).stream().mapToInt(Integer::intValue).max().orElse(1);
              return new BenchRow.Setting(workload, most, partitionCount, items);
            })
        .toList();
  }

  private List<Integer> inFlight(Workload workload) {
    return inFlight.isEmpty() ? workload.inFlight() : inFlight;
  }
}
