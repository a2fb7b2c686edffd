package dev.holdfast.store.commit;

import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.testing.AnswerText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** Collects answers as one line each, in the order they come. */
final class Answers implements Reply {
  private final List<String> lines = new ArrayList<>();

  @Override
  public synchronized void decided(int index, long sequence, RecordedEvent event) {
    lines.add(index + " at " + sequence + " " + AnswerText.of(event.event()));
  }

  @Override
  public synchronized void failed(int index, Reason reason, String message) {
    lines.add(index + " " + reason);
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** The answers once there are so many. */
  List<String> await(int count) {
    Awaitility.await(count + " answers")
        .atMost(Duration.ofSeconds(20))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> lines().size() >= count);
    return lines();
  }
}
