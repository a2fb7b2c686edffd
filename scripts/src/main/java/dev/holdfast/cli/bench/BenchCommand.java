package dev.holdfast.cli.bench;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.CliCommand;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.SecurityOptions;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.output.Column;
import dev.holdfast.cli.output.RowWriter;
import dev.holdfast.common.client.ClientSettings;
import dev.holdfast.common.client.HoldfastClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast bench}. */
@Command(
    name = "bench",
    description = {
      "Measures a cluster in a closed loop: N calls in flight, each answer starts the next.",
      "Starts a temporary cluster and removes it afterwards, unless given one.",
      "",
      "Workloads: single (AdjustStock, random items), batch (SubmitBatch of 100 commands, counted"
          + " as commands), hot (AdjustStock of one item), read (linearizable GetStock), mixed (70"
          + " %% reads, 20 %% AdjustStock, 10 %% Reserve + Confirm), pair (Reserve, then Confirm,"
          + " counted as one), pairbatch (SubmitBatch of 50 pairs, counted as pairs), order"
          + " (SubmitOrder of 1000 AdjustStock, counted as one).",
      "",
      "With --view, of an own cluster with a log that the warm-up wrote with SubmitBatch: start (of"
          + " an aggregator that has nothing, until it has its first events), catch-up (events/s"
          + " from there), lag (5000 AdjustStock a second; from a write's answer to the view's that"
          + " includes it), rebuild (records/s of sync rebuild of all partitions); of the last two"
          + " the second run."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast bench",
      "  holdfast bench --partitions 3 --only single --in-flight 256,1000 -o json",
      "  holdfast bench --view --items 1000000",
      "  holdfast bench --target 127.0.0.1:7101 --cluster-dir .holdfast --only read --warmup 0",
    })
public final class BenchCommand extends CliCommand implements Callable<Integer> {
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final BenchOptions options = new BenchOptions();

  @Mixin private final SecurityOptions security = new SecurityOptions();

  @Option(
      names = "--target",
      paramLabel = "HOST:PORT,...",
      description = "measure this cluster instead of a temporary one")
  private @Nullable String target;

  @Option(
      names = "--cluster-dir",
      paramLabel = "DIR",
      description = "with --target: its directory of scripts/cluster, to find its processes")
  private @Nullable Path clusterDirectory;

  @Option(
      names = "--pids",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "PID,...",
      description =
          "with --target: its store node processes, when scripts/cluster did not start it")
  private List<Long> pids = List.of();

  @Override
  public Integer call() throws IOException {
    options.check();
    if (options.view) {
      return measureView();
    }
    if (target != null) {
      List<String> endpoints = ConnectionOptions.endpoints("--target", target);
      return run(security.applyTo(ClientSettings.at(endpoints)), servers(), Path.of("."));
    }
    try (OwnCluster cluster = options.startCluster()) {
      Path directory = cluster.directory();
      ClientSettings own = cluster.clients(options.ownEndpoints());
      return run(own, ServerProcesses.ofCluster(directory), directory);
    }
  }

  private int measureView() throws IOException {
    if (target != null) {
      throw new UsageException("--view starts a cluster of its own; leave out --target");
    }
    try (OwnCluster cluster = options.startCluster();
        HoldfastClient client = HoldfastClient.connect(cluster.clients(options.ownEndpoints()))) {
      Items items = created(client, Await.answer(client.topology()).getPartitionCount());
      String machine = Machine.description(cluster.directory());
      new Bench(client, items, ServerProcesses.none(), machine, this::say)
          .warmUp(List.of(options.logWriting()), options.warmup());
      ViewBench bench = new ViewBench(cluster, options.aggregatorPort(), options.partitions);
      printView(bench, new ViewBench.Load(client, items, options.time()));
      say(machine + ", load average " + Machine.loadAverage());
      return 0;
    }
  }

  private void printView(ViewBench bench, ViewBench.Load load) throws IOException {
    try (RowWriter<ViewRow> writer = output.writer(ViewRow.COLUMNS)) {
      writer.write(bench.start());
      writer.write(bench.catchUp());
      bench.lag(load); // a young JVM needs 2-4 times the CPU
      writer.write(bench.lag(load));
      bench.rebuild();
      writer.write(bench.rebuild());
    }
  }

  private Items created(HoldfastClient client, int partitions) {
    Items items = Items.over(client, partitions, options.items);
    say("creating " + items.count() + " items in " + partitions + " partitions");
    items.create(client);
    return items;
  }

  private ServerProcesses servers() throws IOException {
    if (clusterDirectory != null) {
      return ServerProcesses.ofCluster(clusterDirectory);
    }
    return pids.isEmpty() ? ServerProcesses.none() : ServerProcesses.of(pids);
  }

  private int run(ClientSettings cluster, ServerProcesses servers, Path data) {
    String machine = Machine.description(data);
    ClientSettings settings = cluster.withChannelsPerNode(options.channelsPerNode);
    try (HoldfastClient client = HoldfastClient.connect(settings)) {
      int partitions = Await.answer(client.topology()).getPartitionCount();
      Items items = created(client, partitions);
      Bench bench = new Bench(client, items, servers, machine, this::say);
      List<BenchRow.Setting> settingsToMeasure = options.settings(partitions);
      if (!options.warmup().isZero()) {
        bench.warmUp(options.warmUpSettings(partitions), options.warmup());
      }
      return print(bench, settingsToMeasure, machine);
    }
  }

  private int print(Bench bench, List<BenchRow.Setting> settings, String machine) {
    boolean clean = true;
    try (RowWriter<BenchRow> writer = output.writer(columns())) {
      for (BenchRow.Setting setting : settings) {
        BenchRow row = bench.measure(setting, options.time());
        clean &= row.measured().counts().refused() + row.measured().counts().failed() == 0;
        writer.write(row);
        out().flush();
      }
    }
    say(machine + ", load average " + Machine.loadAverage());
    return clean ? 0 : 1;
  }

  private List<Column<BenchRow>> columns() {
    List<Column<BenchRow>> columns = new ArrayList<>(BenchRow.COLUMNS);
    if (!output.isTable()) {
      columns.addAll(BenchRow.MORE_COLUMNS);
    }
    return columns;
  }

  private void say(String text) {
    err().println(text);
  }
}
