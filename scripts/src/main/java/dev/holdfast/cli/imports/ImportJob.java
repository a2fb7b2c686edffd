package dev.holdfast.cli.imports;

import dev.holdfast.cli.Interruption;
import dev.holdfast.cli.imports.file.SourceFile;
import dev.holdfast.cli.imports.ledger.LineJournal;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** One call of the command: imports one file after the other, until one fails. */
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

  /**
   * The settings for all files.
   *
   * @param ends sequences at which the partitions' logs ended when the job began
   */
  record Settings(
      LaneLimits limits, boolean stopOnError, double linesPerSecond, Map<Integer, Long> ends) {}

  /**
   * A file to import.
   *
   * @param name for the progress display
   */
  record Task(String name, ImportFile file, Identity identity, @Nullable Path outcomesFile) {}

  /**
   * The import that a file belongs to.
   *
   * @param keyPrefix prefix of the keys of its lines
   * @param rounds number of times that refused lines are retried under new keys
   * @param past lines of earlier runs
   * @param journal records the lines of this run; null for no record
   */
  record Identity(String keyPrefix, int rounds, PastLines past, @Nullable LineJournal journal) {
    /** An import without a record here: only the nodes remember its lines. */
    static Identity ofNodes(String keyPrefix) {
      return new Identity(keyPrefix, 0, PastLines.NONE, null);
    }
  }

  /** Imports a file; does nothing if an earlier file stopped the job. */
  void run(Task task) throws IOException, InterruptedException {
    if (stoppedBy != null) {
      return;
    }
    Tally tally = new Tally();
    tallies.add(tally);
    ScheduledExecutorService worker =
        Executors.newSingleThreadScheduledExecutor(run -> new Thread(run, "lanes"));
    Stop stop = new Stop();
    try (MovementSource movements = task.file().movements(task.identity().keyPrefix());
        OutcomeLog log = log(tally, task.outcomesFile(), stop)) {
      Identity identity = task.identity();
      LineJournal journal = identity.journal();
      Outcomes outcomes = journal == null ? log : new RememberedOutcomes(log, journal);
      LaneLimits limits = settings.limits().withRounds(identity.rounds());
      Lanes lanes = new Lanes(sender, limits, worker, outcomes);
      stop.lanes = lanes;
      interruption.onRequest(lanes::stop);
      SourceFile file = task.file().source();
      try (Progress progress = Progress.of(task.name(), file.bytes(), err)) {
        new ImportRun(lanes, worker, tally, identity.past(), settings.linesPerSecond())
            .run(file, movements, progress);
      }
      stoppedBy = stop.reason();
    } finally {
      worker.shutdown();
    }
  }

  private OutcomeLog log(Tally tally, @Nullable Path outcomesFile, Stop stop) throws IOException {
    return new OutcomeLog(
        tally,
        err,
        outcomesFile == null ? null : OutcomeLog.fileAt(outcomesFile),
        stop::onTrouble,
        settings.ends());
  }

  List<Tally.Row> summary() {
    return tallies.stream().flatMap(tally -> tally.rows().stream()).toList();
  }

  /** Whether all files were read to the end, and every line has an outcome. */
  boolean isFinished() {
    return stoppedBy == null && tallies.stream().allMatch(tally -> tally.undecided() == 0);
  }

  /** The largest sequence of an accepted line in each partition. */
  Map<Integer, Long> reached() {
    Map<Integer, Long> reached = new HashMap<>();
    tallies.forEach(
        tally -> tally.reached().forEach((at, end) -> reached.merge(at, end, Math::max)));
    return reached;
  }

  /**
   * Reports the end of the job.
   *
   * @param goOn tells how to resume
   * @return whether every line was taken
   */
  boolean report(String goOn) {
    long decided = tallies.stream().mapToLong(Tally::decided).sum();
    long undecided = tallies.stream().mapToLong(Tally::undecided).sum();
    long known = tallies.stream().mapToLong(Tally::alreadyKnown).sum();
    long leftOut = tallies.stream().mapToLong(Tally::leftOut).sum();
    double seconds = (System.nanoTime() - startedNanos) / 1e9;
    err.println("%d lines in %.1f s, %.0f a second".formatted(decided, seconds, decided / seconds));
    if (known > 0) {
      err.println(known + " of them were known already: an earlier run had taken them");
    }
    if (undecided > 0) {
      err.println(undecided + " lines were sent and have no known outcome");
    }
    if (leftOut > 0) {
      err.println(leftOut + " lines were not taken");
    }
    if (stoppedBy != null) {
      err.println("stopped: " + stoppedBy);
      err.println(goOn + "; lines that have an outcome keep it");
    }
    return leftOut == 0 && stoppedBy == null;
  }

  /** Stops the lanes of one file early, and knows the reason. */
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

  /** Sends each batch with one try. */
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
