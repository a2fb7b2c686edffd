package dev.holdfast.cli.imports;

import dev.holdfast.cli.Interruption;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** One call of the command: one file after the other, until one does not go through. */
final class ImportJob {
  private final Sender sender;
  private final Interruption interruption;
  private final Settings settings;
  private final PrintWriter err;
  private final List<Tally> tallies = new ArrayList<>();
  private final long startedNanos = System.nanoTime();
  private @Nullable String stoppedBy;

  ImportJob(HoldfastClient client, Interruption interruption, Settings settings, PrintWriter err) {
    this.sender = new ClientSender(client);
    this.interruption = interruption;
    this.settings = settings;
    this.err = err;
  }

  record Settings(LaneLimits limits, boolean stopOnError, double linesPerSecond) {}

  /**
   * A file to bring in.
   *
   * @param name for the progress display
   */
  record Task(String name, Path file, Layout layout, String keyPrefix) {}

  /** Does nothing when an earlier file did not go through. */
  void run(Task task, @Nullable Path outcomesFile) throws IOException, InterruptedException {
    if (stoppedBy != null) {
      return;
    }
    Tally tally = new Tally();
    tallies.add(tally);
    ScheduledExecutorService worker =
        Executors.newSingleThreadScheduledExecutor(run -> new Thread(run, "lanes"));
    Stop stop = new Stop();
    try (SourceFile file = SourceFile.open(task.file());
        OutcomeLog log =
            new OutcomeLog(
                tally,
                err,
                outcomesFile == null ? null : OutcomeLog.fileAt(outcomesFile),
                stop::onTrouble)) {
      Lanes lanes = new Lanes(sender, settings.limits(), worker, log);
      stop.lanes = lanes;
      interruption.onRequest(lanes::stop);
      MovementReader reader = new MovementReader(file.content(), task.layout(), task.keyPrefix());
      try (Progress progress = Progress.of(task.name(), file.bytes(), err)) {
        new ImportRun(lanes, worker, tally, settings.linesPerSecond()).run(file, reader, progress);
      }
      stoppedBy = stop.reason();
    } finally {
      worker.shutdown();
    }
  }

  List<Tally.Row> summary() {
    return tallies.stream().flatMap(tally -> tally.rows().stream()).toList();
  }

  /** Says how it ended. Returns whether every line has an outcome. */
  boolean report() {
    long decided = tallies.stream().mapToLong(Tally::decided).sum();
    long undecided = tallies.stream().mapToLong(Tally::undecided).sum();
    double seconds = (System.nanoTime() - startedNanos) / 1e9;
    err.println("%d lines in %.1f s, %.0f a second".formatted(decided, seconds, decided / seconds));
    if (stoppedBy == null) {
      return true;
    }
    err.println("stopped: " + stoppedBy);
    if (undecided > 0) {
      err.println(undecided + " lines were sent and have no known outcome");
    }
    err.println("run the same command again to go on; lines that have an outcome keep it");
    return false;
  }

  /** Why the lanes of one file stop early. */
  private final class Stop {
    private @Nullable Lanes lanes;
    private volatile boolean onError;

    private void onTrouble() {
      if (settings.stopOnError() && lanes != null) {
        onError = true;
        lanes.stop();
      }
    }

    private @Nullable String reason() {
      if (interruption.isRequested()) {
        return "interrupted";
      }
      String failure = lanes == null ? null : lanes.failure();
      return failure != null || !onError ? failure : "a line went wrong (--stop-on-error)";
    }
  }

  /** One try a call. */
  private record ClientSender(HoldfastClient client) implements Sender {
    @Override
    public CompletableFuture<SubmitBatchResponse> send(SubmitBatchRequest request) {
      return client.submitBatchOnce(request);
    }

    @Override
    public int partitionOf(String store) {
      return client.partitionOf(store);
    }
  }
}
