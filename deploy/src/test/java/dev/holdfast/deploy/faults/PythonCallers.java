package dev.holdfast.deploy.faults;

import dev.holdfast.cli.drill.history.History;
import dev.holdfast.cli.drill.history.PackedCall;
import dev.holdfast.cli.drill.run.Companions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Several callers in Python, as companions of a drill. */
final class PythonCallers implements Companions {
  /** Their numbers in the history begin here; the drill's own are smaller. */
  static final int FIRST_CLIENT = 1_000;

  /** They are stopped before. */
  private static final Duration TIME = Duration.ofDays(1);

  private final PythonStubs stubs;
  private final Path directory;
  private final List<String> endpoints;
  private final long seed;
  private final int count;
  private final List<PythonCaller> running = new ArrayList<>();

  /**
   * Prepares them.
   *
   * @param directory for their files
   */
  PythonCallers(PythonStubs stubs, Path directory, List<String> endpoints, long seed, int count) {
    this.stubs = stubs;
    this.directory = directory;
    this.endpoints = List.copyOf(endpoints);
    this.seed = seed;
    this.count = count;
  }

  @Override
  public void start(String prefix, List<String> stores, List<String> skus) throws IOException {
    for (int i = 0; i < count; i++) {
      int client = FIRST_CLIENT + i;
      running.add(
          PythonCaller.start(
              stubs,
              directory,
              new PythonCaller.Settings(
                  endpoints, client, seed + client, prefix, stores, skus, TIME)));
    }
  }

  @Override
  public History stop() throws IOException, InterruptedException {
    running.forEach(PythonCaller::askToStop);
    History all = new History();
    for (PythonCaller each : running) {
      for (PackedCall call : each.stop().packed()) {
        all.add(call);
      }
    }
    return all;
  }
}
