package dev.holdfast.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.aggregator.testing.HistoryCheck;
import dev.holdfast.aggregator.testing.PartitionLog;
import dev.holdfast.aggregator.testing.RandomHistory;
import dev.holdfast.aggregator.testing.ReferenceView;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.common.domain.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Whatever a feed delivers and whenever the aggregator is killed: the stored view is the fold of
 * the logs up to its cursors, at every start and at the end.
 */
class ViewEqualsLogPropertyTest {
  private static final int PARTITIONS = 3;
  private static final int BATCHES = 25;
  private static final int STEPS = 60;

  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void shouldBeTheFoldOfTheLogs(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    List<PartitionLog> logs =
        IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> new RandomHistory(partition, random).write(BATCHES))
            .toList();
    Path directory = Files.createTempDirectory("view");
    try (TestIngest ingest = new TestIngest(directory, PARTITIONS)) {
      for (int step = 0; step < STEPS; step++) {
        step(ingest, logs, random);
      }
      deliverTheRest(ingest, logs);
      assertThat(stored(ingest)).isEqualTo(expected(ingest, logs));
      assertThat(cursors(ingest)).isEqualTo(logs.stream().map(PartitionLog::head).toList());
      logs.forEach(log -> assertDigest(ingest, log));
      logs.forEach(log -> HistoryCheck.assertComplete(ingest.store(), log));
    } finally {
      remove(directory);
    }
  }

  private static void step(TestIngest ingest, List<PartitionLog> logs, Random random)
      throws Exception {
    if (random.nextInt(12) == 0) {
      rebuild(ingest, logs.get(random.nextInt(PARTITIONS)), random);
    }
    WriteCycle cycle = ingest.cycle();
    int messages = 1 + random.nextInt(4);
    for (int i = 0; i < messages; i++) {
      PartitionLog log = logs.get(random.nextInt(PARTITIONS));
      cycle.take(ingest.delivery(log.partition(), message(ingest, log, random)));
    }
    boolean killedBeforeTheWrite = random.nextInt(30) == 0;
    if (!killedBeforeTheWrite) {
      cycle.finish();
    }
    boolean killedAfterTheWrite = random.nextInt(30) == 0;
    if (killedBeforeTheWrite || killedAfterTheWrite) {
      ingest.crash();
      assertThat(stored(ingest)).isEqualTo(expected(ingest, logs));
      logs.forEach(log -> assertDigest(ingest, log));
    }
  }

  /** A part is replaced by an export from where the view is, or later. */
  private static void rebuild(TestIngest ingest, PartitionLog log, Random random) throws Exception {
    long sequence = ingest.cursor(log.partition()).sequence();
    int at = log.indexOf(Math.max(1, sequence));
    int index = Math.min(BATCHES - 1, at + random.nextInt(3));
    ingest.rebuild(log, index, random.nextInt(3) == 0);
    assertDigest(ingest, log);
  }

  /** What was kept running is what the events before the cursor add up to, and was proven so. */
  private static void assertDigest(TestIngest ingest, PartitionLog log) {
    ViewCursor cursor = ingest.cursor(log.partition());
    List<Event> events = log.eventsThrough(cursor.sequence());
    assertThat(cursor.digest()).isEqualTo(new ReferenceView().include(events).digest());
    assertThat(cursor.trust().isTrusted()).isTrue();
    assertThat(cursor.trust().provenSequence()).isGreaterThanOrEqualTo(lastDigest(events));
  }

  private static long lastDigest(List<Event> events) {
    int sequence = events.size();
    while (sequence > 0 && !(events.get(sequence - 1) instanceof Event.StateDigestRecorded)) {
      sequence--;
    }
    return sequence;
  }

  /** Mostly what follows; also repeated, skipped, unreadable, of another history, or nothing. */
  private static FeedMessage message(TestIngest ingest, PartitionLog log, Random random) {
    int next = log.indexOf(ingest.cursor(log.partition()).nextSequence());
    return switch (random.nextInt(12)) {
      case 0 -> TestIngest.message(log, random.nextInt(BATCHES));
      case 1 -> TestIngest.message(log, Math.min(BATCHES - 1, next + 1 + random.nextInt(3)));
      case 2 -> FeedMessage.Unreadable.corrupt("bits flipped", 1);
      case 3 -> foreign(log, next);
      case 4 -> new FeedMessage.Heartbeat(log.head());
      default -> TestIngest.message(log, Math.min(BATCHES - 1, next));
    };
  }

  /** The right sequences, but not linked to what came before. */
  private static FeedMessage foreign(PartitionLog log, int next) {
    int index = Math.min(BATCHES - 1, next);
    PartitionLog other = new PartitionLog(log.partition());
    for (int i = 0; i <= index; i++) {
      int events = log.batch(i).events().size();
      other.append(IntStream.range(0, events).mapToObj(e -> new Event.ReceiptsEvicted(e)).toList());
    }
    return index == 0
        ? FeedMessage.Unreadable.newer("no history", 1)
        : TestIngest.message(other, index);
  }

  private static void deliverTheRest(TestIngest ingest, List<PartitionLog> logs) {
    for (PartitionLog log : logs) {
      WriteCycle cycle = ingest.cycle();
      int next = log.indexOf(ingest.cursor(log.partition()).nextSequence());
      for (int index = next; index < log.size(); index++) {
        cycle.take(ingest.delivery(log.partition(), TestIngest.message(log, index)));
      }
      cycle.finish();
    }
  }

  private static List<Long> cursors(TestIngest ingest) {
    return IntStream.range(0, PARTITIONS)
        .mapToObj(partition -> ingest.cursor(partition).sequence())
        .toList();
  }

  private static List<String> stored(TestIngest ingest) {
    try (ViewCut cut = ingest.store().cut()) {
      return ReferenceView.lines(cut);
    }
  }

  private static List<String> expected(TestIngest ingest, List<PartitionLog> logs) {
    List<Event> events = new ArrayList<>();
    for (PartitionLog log : logs) {
      events.addAll(log.eventsThrough(ingest.cursor(log.partition()).sequence()));
    }
    return new ReferenceView().include(events).lines();
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
