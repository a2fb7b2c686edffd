package dev.holdfast.cli.imports;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar that follows the bytes read from the file. */
final class TerminalBar implements Progress {
  private static final int UPDATE_MILLIS = 250;

  private final ProgressBar bar;
  private final long startedNanos = System.nanoTime();

  TerminalBar(String task, long bytes) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(bytes)
            .setUnit(" kB", 1_000)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .build();
  }

  @Override
  public void show(long bytesRead, long linesDecided, String note) {
    double seconds = (System.nanoTime() - startedNanos) / 1e9;
    bar.stepTo(bytesRead);
    bar.setExtraMessage(
        " %d lines, %.0f/s %s".formatted(linesDecided, linesDecided / seconds, note));
  }

  @Override
  public Duration interval() {
    return Duration.ofMillis(UPDATE_MILLIS);
  }

  @Override
  public void close() {
    bar.close();
  }
}
