package dev.holdfast.cli.drill;

import dev.holdfast.cli.drill.run.Disturbance;
import dev.holdfast.cli.drill.run.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Strikes with one fault after the other, again and again.
 *
 * @param every from the begin of one to that of the next, unless it takes longer
 * @param time within which they begin; the last one at least once {@code every} before its end
 */
record Faults(List<Fault> faults, Duration every, Duration time, Path output)
    implements Disturbance {
  private static final Duration FAULT_MAX = Duration.ofMinutes(5);

  @Override
  public void strike(Timeline timeline) throws IOException, InterruptedException {
    long now = System.nanoTime();
    long last = now + time.minus(every).toNanos();
    long next = now + every.toNanos();
    for (int i = 0; next - last <= 0; i++) {
      TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      Fault fault = faults.get(i % faults.size());
      Timeline.Running phase = timeline.begin(fault.name());
      try {
        fault.run(output, FAULT_MAX);
      } finally {
        phase.close();
      }
      next = Math.max(next + every.toNanos(), System.nanoTime());
    }
  }
}
