package dev.holdfast.cli.imports;

import com.google.common.util.concurrent.RateLimiter;
import dev.holdfast.cli.imports.file.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Imports one file: reads on the calling thread, while the lanes send and count. */
final class ImportRun {
  private static final int CHUNK = 200;

  private final Lanes lanes;
  private final ScheduledExecutorService worker;
  private final Tally tally;
  private final PastLines past;
  private final RateLimiter pace;

  ImportRun(
      Lanes lanes,
      ScheduledExecutorService worker,
      Tally tally,
      PastLines past,
      double linesPerSecond) {
    this.lanes = lanes;
    this.worker = worker;
    this.tally = tally;
    this.past = past;
    this.pace = RateLimiter.create(linesPerSecond);
  }

  /** Returns when every line read has its outcome, or the lanes have given up. */
  void run(SourceFile file, MovementSource reader, Progress progress)
      throws IOException, InterruptedException {
    long millis = progress.interval().toMillis();
    ScheduledFuture<?> ticking =
        worker.scheduleAtFixedRate(
            () -> show(file, progress), millis, millis, TimeUnit.MILLISECONDS);
    try {
      readAll(reader);
    } finally {
      lanes.finish();
      ticking.cancel(false);
      show(file, progress);
    }
  }

  private void readAll(MovementSource reader) throws IOException, InterruptedException {
    List<FileMovement> chunk = new ArrayList<>(CHUNK);
    boolean wanted = true;
    while (wanted) {
      try {
        FileMovement movement = reader.next();
        if (movement == null) {
          break;
        }
        FileMovement unsent = past.unsent(movement);
        if (unsent != null) {
          chunk.add(unsent);
        } else {
          wanted = lanes.report(past.outcomeOf(movement));
        }
      } catch (MalformedLineException e) {
        wanted = lanes.addMalformed(reader.line(), String.valueOf(e.getMessage()));
      }
      if (chunk.size() == CHUNK) {
        wanted &= add(chunk);
        chunk = new ArrayList<>(CHUNK);
      }
    }
    if (wanted && !chunk.isEmpty()) {
      add(chunk);
    }
  }

  private boolean add(List<FileMovement> chunk) throws InterruptedException {
    pace.acquire(chunk.size());
    return lanes.add(chunk);
  }

  private void show(SourceFile file, Progress progress) {
    @Nullable Throwable why = lanes.waitingFor();
    String note = why == null ? "" : "waiting for the cluster: " + why.getMessage();
    progress.show(file.bytesRead(), tally.decided(), note);
  }
}
