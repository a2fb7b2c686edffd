package dev.holdfast.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.holdfast.aggregator.testing.PartitionLog;
import dev.holdfast.aggregator.testing.RandomHistory;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.aggregator.view.ViewCut;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The writer thread with partitions that are paused. */
class ExactCutTest {
  @TempDir private Path directory;
  private final List<PartitionLog> logs =
      List.of(
          new RandomHistory(0, new Random(3)).write(9),
          new RandomHistory(1, new Random(4)).write(9));
  private final Inbox inbox = new Inbox(100);
  private TestIngest ingest;
  private ViewWriter writer;

  @BeforeEach
  void open() throws Exception {
    ingest = new TestIngest(directory, 2);
    writer = ingest.writer(inbox);
    writer.start();
  }

  @AfterEach
  void close() {
    writer.stop();
    ingest.close();
  }

  @Test
  void shouldCutExactlyAtTheSequenceAndStayThere() throws Exception {
    long sequence = logs.get(0).batch(4).lastSequence();
    CompletableFuture<ViewCut> cut = writer.cutAt(0, sequence);

    deliverAll(0);
    deliverAll(1);

    try (ViewCut taken = cut.get(10, TimeUnit.SECONDS)) {
      assertThat(taken.cursor(0).sequence()).isEqualTo(sequence);
    }
    awaitSequence(1, logs.get(1).head());
    assertThat(ingest.cursor(0).sequence()).isEqualTo(sequence);
    assertThat(ingest.link(0).consumed()).isEqualTo(5);
  }

  @Test
  void shouldGoOnInOrderWhenLetGo() throws Exception {
    CompletableFuture<ViewCut> cut = writer.cutAt(0, logs.get(0).batch(4).lastSequence());
    deliverAll(0);
    cut.get(10, TimeUnit.SECONDS).close();

    writer.resume(0).get(10, TimeUnit.SECONDS);

    awaitSequence(0, logs.get(0).head());
    assertThat(ingest.link(0).defects()).isEmpty();
    await().until(() -> ingest.link(0).consumed() == logs.get(0).size());
  }

  @Test
  void shouldGoFromHoldToHold() throws Exception {
    writer.pause(0).get(10, TimeUnit.SECONDS);
    deliverAll(0);
    for (int index : new int[] {2, 7}) {
      long sequence = logs.get(0).batch(index).lastSequence();
      try (ViewCut cut = writer.cutAt(0, sequence).get(10, TimeUnit.SECONDS)) {
        assertThat(cut.cursor(0).sequence()).isEqualTo(sequence);
      }
    }
  }

  @Test
  void shouldCutAtOnceWhereTheViewIs() throws Exception {
    deliverAll(0);
    awaitSequence(0, logs.get(0).head());

    try (ViewCut cut = writer.cutAt(0, logs.get(0).head()).get(10, TimeUnit.SECONDS)) {
      assertThat(cut.cursor(0).sequence()).isEqualTo(logs.get(0).head());
    }
  }

  @Test
  void shouldNotCutBehindTheView() {
    deliverAll(0);
    awaitSequence(0, logs.get(0).head());

    CompletableFuture<ViewCut> cut = writer.cutAt(0, logs.get(0).batch(4).lastSequence());

    assertThatThrownBy(() -> cut.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(MissedCutException.class)
        .hasMessageContaining("past");
  }

  @Test
  void shouldNotWaitForACutOnceTheWriterEnded() {
    CompletableFuture<ViewCut> cut = writer.cutAt(0, 999);
    writer.stop();

    assertThatThrownBy(() -> cut.get(10, TimeUnit.SECONDS)).hasMessageContaining("not written");
    assertThatThrownBy(() -> writer.pause(0).get(10, TimeUnit.SECONDS))
        .hasMessageContaining("not written");
  }

  @Test
  void shouldGoOnWhenAHoldWasGivenUpBeforeItWasTaken() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    var unused =
        writer.submit(() -> Uninterruptibles.awaitUninterruptibly(busy, 10, TimeUnit.SECONDS));
    CompletableFuture<ViewCursor> hold = writer.pause(0);
    hold.cancel(false);

    busy.countDown();
    deliverAll(0);

    awaitSequence(0, logs.get(0).head());
  }

  @Test
  void shouldNotLetGoWhatIsHalfReplaced() throws Exception {
    writer.pause(0).get(10, TimeUnit.SECONDS);
    var parts = new PartWriter(writer, ingest.progress(), ingest.store().parts(), ingest.letters());
    parts.begin(0, "for the test").get(10, TimeUnit.SECONDS);

    assertThat(writer.resume(0).get(10, TimeUnit.SECONDS)).isFalse();

    deliverAll(0);
    deliverAll(1);
    awaitSequence(1, logs.get(1).head());
    assertThat(ingest.cursor(0).sequence()).isZero();
  }

  @Test
  void shouldStopForATaskThatFails() {
    CompletableFuture<Object> failed =
        writer.submit(
            () -> {
              throw new IllegalStateException("no disk");
            });

    assertThatThrownBy(() -> failed.get(10, TimeUnit.SECONDS)).hasMessageContaining("no disk");
    await().until(() -> writer.fault() != null);
  }

  private void deliverAll(int partition) {
    PartitionLog log = logs.get(partition);
    for (int index = 0; index < log.size(); index++) {
      inbox.put(ingest.delivery(partition, TestIngest.message(log, index)));
    }
  }

  private void awaitSequence(int partition, long sequence) {
    await().until(() -> ingest.cursor(partition).sequence() == sequence);
  }
}
