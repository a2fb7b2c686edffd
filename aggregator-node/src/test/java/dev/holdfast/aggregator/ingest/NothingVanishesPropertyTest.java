package dev.holdfast.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.holdfast.aggregator.deadletter.ChangeCounts;
import dev.holdfast.aggregator.deadletter.DeadLetter;
import dev.holdfast.aggregator.deadletter.LetterId;
import dev.holdfast.aggregator.testing.PartitionLog;
import dev.holdfast.aggregator.testing.RandomHistory;
import dev.holdfast.aggregator.testing.ReferenceView;
import dev.holdfast.aggregator.testing.ToldLevels;
import dev.holdfast.aggregator.view.Parking;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.common.codec.RawEvents;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.TermsEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/**
 * Some SKUs cannot be applied now and then, some events cannot be read, operators retry and
 * discard, and the aggregator is killed at any point: applied + parked + discarded = read, changes
 * of an item stay in order, and once the fault is gone and all is tried again, the view is the
 * plain fold of the logs.
 */
class NothingVanishesPropertyTest {
  private static final int PARTITIONS = 3;
  private static final int BATCHES = 25;
  private static final int STEPS = 60;
  private static final int SKUS = 7;

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void shouldApplyParkOrDiscardWhatWasRead(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    List<PartitionLog> logs =
        IntStream.range(0, PARTITIONS)
            .mapToObj(p -> new RandomHistory(p, random).withUnreadableEvents().write(BATCHES))
            .toList();
    Path directory = Files.createTempDirectory("letters");
    Set<String> discarded = new HashSet<>();
    try (TestIngest ingest = new TestIngest(directory, PARTITIONS)) {
      for (int step = 0; step < STEPS; step++) {
        step(ingest, logs, random, discarded);
        assertAllThere(ingest, logs);
        assertOrder(ingest);
        assertThat(discarded.isEmpty() ? untrusted(ingest) : "").isEmpty();
      }
      ingest.faultySkus().clear();
      deliverTheRest(ingest, logs);
      retryAll(ingest);
      assertDemand(ingest, logs);
      assertAllThere(ingest, logs);
      assertThat(open(ingest)).allMatch(id -> id.item().equals(Parking.UNKNOWN));
      assertThat(without(discarded, stored(ingest))).isEqualTo(without(discarded, expected(logs)));
    } finally {
      remove(directory);
    }
  }

  private static void step(
      TestIngest ingest, List<PartitionLog> logs, Random random, Set<String> discarded)
      throws Exception {
    switch (random.nextInt(12)) {
      case 0 -> toggleFault(ingest, "sku-" + random.nextInt(SKUS));
      case 1, 2 -> ingest.pass(Duration.ofMillis(random.nextInt(5_000)));
      case 3 -> retryOne(ingest, random);
      case 4 -> discardOne(ingest, random, discarded);
      case 5 -> ingest.crash();
      default -> deliver(ingest, logs.get(random.nextInt(PARTITIONS)), random);
    }
  }

  private static void toggleFault(TestIngest ingest, String sku) {
    if (!ingest.faultySkus().remove(sku)) {
      ingest.faultySkus().add(sku);
    }
  }

  private static void deliver(TestIngest ingest, PartitionLog log, Random random) throws Exception {
    WriteCycle cycle = ingest.cycle();
    int next = log.indexOf(ingest.cursor(log.partition()).nextSequence());
    int last = Math.min(BATCHES, next + 1 + random.nextInt(3));
    for (int index = next; index < last; index++) {
      cycle.take(ingest.delivery(log.partition(), TestIngest.message(log, index)));
    }
    if (random.nextInt(10) == 0) {
      ingest.crash();
    } else {
      cycle.finish();
    }
  }

  private static void retryOne(TestIngest ingest, Random random) {
    List<LetterId> open = open(ingest);
    if (!open.isEmpty()) {
      var unused = ingest.requests().retry(List.of(open.get(random.nextInt(open.size()))));
      ingest.retry();
    }
  }

  private static void discardOne(TestIngest ingest, Random random, Set<String> discarded) {
    List<LetterId> open = open(ingest);
    if (!open.isEmpty()) {
      LetterId id = open.get(random.nextInt(open.size()));
      discarded.add(id.item().sku());
      var unused = ingest.requests().discard(id, "not worth it");
      ingest.retry();
    }
  }

  private static void deliverTheRest(TestIngest ingest, List<PartitionLog> logs) {
    for (PartitionLog log : logs) {
      WriteCycle cycle = ingest.cycle();
      int next = log.indexOf(ingest.cursor(log.partition()).nextSequence());
      for (int index = next; index < BATCHES; index++) {
        cycle.take(ingest.delivery(log.partition(), TestIngest.message(log, index)));
      }
      cycle.finish();
    }
  }

  private static void retryAll(TestIngest ingest) {
    var outcome = ingest.requests().retry(open(ingest));
    ingest.retry();
    assertThat(outcome).isCompleted();
  }

  private static void assertAllThere(TestIngest ingest, List<PartitionLog> logs) {
    for (PartitionLog log : logs) {
      ChangeCounts counts = ingest.letters().counts(log.partition());
      long read = changes(log.eventsThrough(ingest.cursor(log.partition()).sequence()));
      assertThat(counts.read()).isEqualTo(read);
      assertThat(counts.applied() + counts.parked() + counts.discarded()).isEqualTo(read);
      assertThat(counts.parked()).isEqualTo(letters(ingest, log, true).size());
      assertThat(counts.discarded()).isEqualTo(letters(ingest, log, false).size());
    }
    open(ingest).stream()
        .map(id -> id.item().sku())
        .filter(sku -> !sku.isEmpty())
        .distinct()
        .forEach(
            sku -> assertThat(ingest.store().letters().parked(sku)).isEqualTo(of(sku, ingest)));
  }

  private static long of(String sku, TestIngest ingest) {
    return open(ingest).stream().filter(id -> id.item().sku().equals(sku)).count();
  }

  /** What events do, counted without the code that is tested. */
  private static long changes(List<Event> events) {
    return events.stream().mapToLong(NothingVanishesPropertyTest::changes).sum();
  }

  private static long changes(Event event) {
    return event instanceof Event.Unreadable ? 1 : ToldLevels.of(event).size();
  }

  /** Nothing that comes after an open letter of an item is in the view. */
  private static void assertOrder(TestIngest ingest) throws Exception {
    Map<String, DeadLetter> first = new TreeMap<>();
    for (DeadLetter letter : ingest.store().letters().page(null, DeadLetter::isOpen, 10_000)) {
      if (!letter.id().item().equals(Parking.UNKNOWN)) {
        first.putIfAbsent(letter.id().item().toString(), letter);
      }
    }
    for (DeadLetter letter : first.values()) {
      StockLevel stored = ingest.store().level(letter.id().item());
      long version = stored == null ? 0 : stored.version();
      assertThat(version).isLessThan(version(ingest, letter));
    }
  }

  /** The first version that the view may not have; terms that were so already change none. */
  private static long version(TestIngest ingest, DeadLetter letter) throws Exception {
    ByteString encoded = ingest.store().letters().event(letter.id().place());
    Event event = RawEvents.decode(Objects.requireNonNull(encoded).toByteArray());
    long after = Objects.requireNonNull(ToldLevels.of(event).get(letter.id().item())).version();
    boolean wasSo =
        event instanceof TermsEvent.ItemTermsChanged terms && terms.before().equals(terms.after());
    return wasSo ? after + 1 : after;
  }

  /** Digests are held against what the view would be with what is parked. */
  private static String untrusted(TestIngest ingest) {
    return IntStream.range(0, PARTITIONS)
        .mapToObj(partition -> ingest.cursor(partition).trust().untrusted())
        .collect(Collectors.joining());
  }

  private static void assertDemand(TestIngest ingest, List<PartitionLog> logs) {
    ReferenceView reference = new ReferenceView();
    logs.forEach(log -> reference.include(log.eventsThrough(log.head())));
    assertThat(reference.demand()).isNotEmpty();
    try (ViewCut cut = ingest.store().cut()) {
      reference.demand().forEach((sku, unmet) -> assertThat(cut.unmetDemand(sku)).isEqualTo(unmet));
    }
  }

  private static List<LetterId> open(TestIngest ingest) {
    return letters(ingest, null, true).stream().map(DeadLetter::id).toList();
  }

  private static List<DeadLetter> letters(
      TestIngest ingest, @Nullable PartitionLog log, boolean open) {
    return ingest
        .store()
        .letters()
        .page(
            null,
            letter ->
                letter.isOpen() == open
                    && (log == null || letter.id().partition() == log.partition()),
            10_000);
  }

  private static List<String> stored(TestIngest ingest) {
    try (ViewCut cut = ingest.store().cut()) {
      return ReferenceView.lines(cut);
    }
  }

  private static List<String> expected(List<PartitionLog> logs) {
    List<Event> events = new ArrayList<>();
    logs.forEach(log -> events.addAll(log.eventsThrough(log.head())));
    return new ReferenceView().include(events).lines();
  }

  /** A discarded change may or may not have been made good by a later one. */
  private static List<String> without(Set<String> skus, List<String> lines) {
    return lines.stream().filter(line -> !skus.contains(line.split(" ", 2)[0])).toList();
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
