package dev.holdfast.store.raft;

import static dev.holdfast.store.raft.SingleGroup.PATIENCE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real group of one member, whose snapshot goes on when the test says so. */
final class StopDuringSnapshotIT {
  private final BlockingQueue<Runnable> background = new LinkedBlockingQueue<>();
  private SingleGroup single;
  private PartitionGroup group;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    single = new SingleGroup(directory, background::add);
    group = single.group;
  }

  @AfterEach
  void stop() {
    single.close();
  }

  @Test
  void shouldStopOnceTheSnapshotIsMade() throws Exception {
    Runnable restOfSnapshot = snapshot();

    CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(group::stop);
    restOfSnapshot.run();

    assertThat(stopped.get(PATIENCE.toSeconds(), SECONDS)).isTrue();
  }

  @Test
  void shouldSaySoWhenTheSnapshotDoesNotEnd() throws Exception {
    Runnable restOfSnapshot = snapshot();

    assertThat(group.stop(Duration.ofMillis(300))).isFalse();

    restOfSnapshot.run();
    assertThat(group.stop(PATIENCE)).isTrue();
  }

  /** What is left of a snapshot that was begun. */
  private Runnable snapshot() throws InterruptedException {
    single.write();
    group.snapshot();
    return Objects.requireNonNull(background.poll(PATIENCE.toSeconds(), SECONDS));
  }
}
