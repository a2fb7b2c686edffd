package dev.holdfast.cli.imports;

import java.io.PrintWriter;
import java.time.Duration;

/** A line of text every few seconds, for logs. */
final class ProgressLine implements Progress {
  private final String task;
  private final long bytes;
  private final PrintWriter err;
  private final long startedNanos = System.nanoTime();
  private long linesBefore;
  private long nanosBefore = startedNanos;

  ProgressLine(String task, long bytes, PrintWriter err) {
    this.task = task;
    this.bytes = Math.max(1, bytes);
    this.err = err;
  }

  @Override
  public void show(long bytesRead, long linesDecided, String note) {
    long now = System.nanoTime();
    double rate = (linesDecided - linesBefore) * 1e9 / Math.max(1, now - nanosBefore);
    linesBefore = linesDecided;
    nanosBefore = now;
    err.println(
        "%s: %d %%, %d lines, %.0f lines/s%s%s"
            .formatted(
                task,
                100 * bytesRead / bytes,
                linesDecided,
                rate,
                timeLeft(bytesRead, now),
                note.isEmpty() ? "" : "; " + note));
  }

  private String timeLeft(long bytesRead, long now) {
    if (bytesRead == 0 || bytesRead >= bytes) {
      return "";
    }
    double secondsSoFar = (now - startedNanos) / 1e9;
    return ", %.0f s left".formatted(secondsSoFar * (bytes - bytesRead) / bytesRead);
  }

  @Override
  public Duration interval() {
    return Duration.ofSeconds(3);
  }

  @Override
  public void close() {
    err.flush();
  }
}
