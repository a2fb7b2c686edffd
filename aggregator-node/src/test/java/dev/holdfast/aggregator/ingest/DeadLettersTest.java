package dev.holdfast.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.aggregator.deadletter.ChangeCounts;
import dev.holdfast.aggregator.deadletter.DeadLetter;
import dev.holdfast.aggregator.deadletter.DeadLetters;
import dev.holdfast.aggregator.deadletter.LetterBounds;
import dev.holdfast.aggregator.deadletter.LetterId;
import dev.holdfast.aggregator.deadletter.LetterState;
import dev.holdfast.aggregator.deadletter.OperatorQueue.Outcome;
import dev.holdfast.aggregator.testing.PartitionLog;
import dev.holdfast.aggregator.testing.TestViews;
import dev.holdfast.aggregator.view.PartTrust;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.aggregator.view.ViewUpdate;
import dev.holdfast.common.codec.RawEvents;
import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One poisoned SKU among others, step by step, on a stored view. */
class DeadLettersTest {
  private static final StockKey MUG = new StockKey("berlin", "mug");
  private static final StockKey CUP = new StockKey("berlin", "cup");
  private static final LetterId FIRST = new LetterId(0, 1, MUG);
  private static final LetterId SECOND = new LetterId(0, 3, MUG);
  private static final LetterId UNREAD = LetterId.ofEvent(0, 4);

  @TempDir private Path directory;
  private final PartitionLog log = new PartitionLog(0);
  private TestIngest ingest;

  @BeforeEach
  void park() throws Exception {
    ingest = new TestIngest(directory, 1);
    ingest.faultySkus().add("mug");
    log.append(List.of(created(MUG), created(CUP), adjusted(MUG, 2)));
    deliver(0);
  }

  @AfterEach
  void close() {
    ingest.close();
  }

  private static Event created(StockKey item) {
    return new Event.ItemCreated(item, StockLevel.opening(5));
  }

  private static Event adjusted(StockKey item, long version) {
    StockLevel after = new StockLevel(4 + version, 0, version);
    return new Event.StockAdjusted(item, 1, AdjustmentReason.RECOUNT, after);
  }

  private void deliver(int index) {
    WriteCycle cycle = ingest.cycle();
    cycle.take(ingest.delivery(0, TestIngest.message(log, index)));
    cycle.finish();
  }

  private byte[] event(LetterId id) {
    return Objects.requireNonNull(ingest.store().letters().event(id.place())).toByteArray();
  }

  private DeadLetter letter(LetterId id) {
    DeadLetter letter = ingest.store().letters().letter(id);
    if (letter == null) {
      throw new AssertionError("no letter " + id.text());
    }
    return letter;
  }

  private SkuTotal total(String sku) {
    SkuTotal total = ingest.store().total(sku);
    return total == null ? SkuTotal.NONE : total;
  }

  private Outcome done(CompletableFuture<Outcome> answer) {
    ingest.retry();
    assertThat(answer).isCompleted();
    return answer.join();
  }

  @Test
  void shouldParkWhatFailsAndGoOn() throws Exception {
    assertThat(ingest.cursor(0).sequence()).isEqualTo(3);
    assertThat(total("cup")).isEqualTo(TestViews.total(5, 0, 1));
    assertThat(total("mug")).isEqualTo(SkuTotal.NONE);
    assertThat(letter(FIRST).state()).isEqualTo(LetterState.RETRYING);
    assertThat(letter(FIRST).attempts()).isEqualTo(1);
    assertThat(letter(FIRST).reason()).isEqualTo("IllegalStateException: a bug");
    assertThat(RawEvents.decode(event(FIRST))).isEqualTo(created(MUG));
  }

  @Test
  void shouldLetLaterChangesOfTheItemWaitUntried() {
    assertThat(letter(SECOND).state()).isEqualTo(LetterState.WAITING);
    assertThat(letter(SECOND).attempts()).isZero();
    assertThat(letter(SECOND).reason()).isEqualTo("waits behind 0-1-berlin-mug");
  }

  @Test
  void shouldTellThatTheNumbersOfTheSkuLackChanges() {
    try (ViewCut cut = ingest.store().cut()) {
      assertThat(cut.parkedChanges("mug")).isEqualTo(2);
      assertThat(cut.parkedChanges("cup")).isZero();
      assertThat(cut.item("mug").orElseThrow().total()).isEqualTo(SkuTotal.NONE);
    }
  }

  @Test
  void shouldCountWhatBecameOfChanges() {
    assertThat(ingest.letters().counts(0)).isEqualTo(new ChangeCounts(3, 1, 2, 0));
    assertThat(ingest.letters().count()).isEqualTo(2);
  }

  @Test
  void shouldTryThreeTimesWithGrowingPausesAndThenWait() {
    ingest.pass(Duration.ofMillis(999));
    assertThat(letter(FIRST).attempts()).isEqualTo(1);

    ingest.pass(Duration.ofMillis(1));
    assertThat(letter(FIRST).attempts()).isEqualTo(2);

    ingest.pass(Duration.ofMillis(3_999));
    assertThat(letter(FIRST).attempts()).isEqualTo(2);

    ingest.pass(Duration.ofMillis(1));
    assertThat(letter(FIRST).attempts()).isEqualTo(3);
    assertThat(letter(FIRST).state()).isEqualTo(LetterState.PARKED);

    ingest.pass(Duration.ofDays(1));
    assertThat(letter(FIRST).attempts()).isEqualTo(3);
    assertThat(letter(SECOND).state()).isEqualTo(LetterState.WAITING);
  }

  @Test
  void shouldApplyTheChangeAndThoseBehindItWhenARetrySucceeds() {
    ingest.faultySkus().clear();

    ingest.pass(Duration.ofSeconds(1));

    assertThat(total("mug")).isEqualTo(TestViews.total(6, 0, 1));
    assertThat(ingest.store().level(MUG)).isEqualTo(new StockLevel(6, 0, 2));
    assertThat(ingest.letters().counts(0)).isEqualTo(new ChangeCounts(3, 3, 0, 0));
    assertThat(ingest.store().letters().page(null, any -> true, 10)).isEmpty();
    try (ViewCut cut = ingest.store().cut()) {
      assertThat(cut.parkedChanges("mug")).isZero();
      assertThat(cut.cursor(0).digest().onHand()).isEqualTo(11);
    }
  }

  @Test
  void shouldApplyLaterChangesDirectlyOnceNothingIsParked() {
    ingest.faultySkus().clear();
    ingest.pass(Duration.ofSeconds(1));
    log.append(List.of(adjusted(MUG, 3)));

    deliver(1);

    assertThat(total("mug")).isEqualTo(TestViews.total(7, 0, 1));
  }

  @Test
  void shouldGoOnWithRetriesAfterARestart() throws Exception {
    ingest.pass(Duration.ofSeconds(1));

    ingest.crash();
    ingest.pass(Duration.ofMillis(3_999));
    assertThat(letter(FIRST).attempts()).isEqualTo(2);
    ingest.pass(Duration.ofMillis(1));

    assertThat(letter(FIRST).state()).isEqualTo(LetterState.PARKED);
    log.append(List.of(adjusted(MUG, 3)));
    deliver(1);
    assertThat(letter(new LetterId(0, 4, MUG)).state()).isEqualTo(LetterState.WAITING);
  }

  @Test
  void shouldTryOnRequestWhatWaitsForAnOperator() {
    ingest.pass(Duration.ofSeconds(1));
    ingest.pass(Duration.ofSeconds(4));

    assertThat(done(ingest.requests().retry(List.of(FIRST)))).isEqualTo(new Outcome(0, 1));
    assertThat(letter(FIRST).attempts()).isEqualTo(4);

    ingest.faultySkus().clear();
    assertThat(done(ingest.requests().retry(List.of(FIRST)))).isEqualTo(new Outcome(2, 0));
    assertThat(total("mug")).isEqualTo(TestViews.total(6, 0, 1));
  }

  @Test
  void shouldTryTheFirstOfTheItemForOneThatWaits() {
    ingest.faultySkus().clear();

    assertThat(done(ingest.requests().retry(List.of(SECOND)))).isEqualTo(new Outcome(2, 0));
  }

  @Test
  void shouldKeepWhyAChangeWasGivenUpAndTryThoseBehind() {
    ingest.faultySkus().clear();

    Outcome outcome = done(ingest.requests().discard(FIRST, "counted by hand"));

    assertThat(outcome).isEqualTo(new Outcome(1, 0));
    assertThat(letter(FIRST).state()).isEqualTo(LetterState.DISCARDED);
    assertThat(letter(FIRST).discardReason()).isEqualTo("counted by hand");
    assertThat(letter(FIRST).reason()).isEqualTo("IllegalStateException: a bug");
    assertThat(total("mug")).isEqualTo(TestViews.total(6, 0, 1));
    assertThat(ingest.letters().counts(0)).isEqualTo(new ChangeCounts(3, 2, 0, 1));
  }

  @Test
  void shouldRetryTheNextWhenTheFirstIsGivenUpAndTheFaultStays() {
    Outcome outcome = done(ingest.requests().discard(FIRST, "counted by hand"));

    assertThat(outcome).isEqualTo(new Outcome(0, 1));
    assertThat(letter(SECOND).state()).isEqualTo(LetterState.RETRYING);
    assertThat(letter(SECOND).attempts()).isEqualTo(1);
  }

  @Test
  void shouldGiveUpOneThatWaitsAndLeaveTheFirst() {
    assertThat(done(ingest.requests().discard(SECOND, "a double"))).isEqualTo(new Outcome(0, 0));
    ingest.faultySkus().clear();
    ingest.pass(Duration.ofSeconds(1));

    assertThat(ingest.store().level(MUG)).isEqualTo(StockLevel.opening(5));
    assertThat(letter(SECOND).state()).isEqualTo(LetterState.DISCARDED);
  }

  @Test
  void shouldParkAnEventOfAnUnknownTypeAndGoOn() throws Exception {
    log.append(List.of(new Event.Unreadable("newer"), adjusted(CUP, 2)));

    deliver(1);

    assertThat(letter(UNREAD).reason())
        .startsWith("needs a newer build: it holds field 99 of holdfast.log.v1.Event");
    assertThat(event(UNREAD)).isEqualTo(RawEvents.at(log.bytes(1), 0));
    assertThat(total("cup")).isEqualTo(TestViews.total(6, 0, 1));
  }

  @Test
  void shouldParkAnEventWholeOfWhichItDoesNotKnowAField() throws Exception {
    log.appendWithNewField(List.of(adjusted(CUP, 1), adjusted(CUP, 2)));

    deliver(1);

    assertThat(letter(UNREAD).reason())
        .startsWith("needs a newer build: it holds field 99 of holdfast.log.v1.StockAdjusted");
    assertThat(event(UNREAD)).isEqualTo(RawEvents.at(log.bytes(1), 0));
    assertThat(total("cup")).isEqualTo(TestViews.total(6, 0, 1));
  }

  @Test
  void shouldNotTakeWhatItKnowsToLackForAViolation() {
    StateDigest whole =
        StateDigest.EMPTY.with(CUP, StockLevel.opening(5)).with(MUG, new StockLevel(6, 0, 2));
    log.append(List.of(new Event.StateDigestRecorded(whole)));
    log.append(List.of(new Event.StateDigestRecorded(whole)));

    deliver(1);
    assertThat(ingest.cursor(0).trust()).isEqualTo(PartTrust.START);

    ingest.faultySkus().clear();
    ingest.pass(Duration.ofSeconds(1));
    deliver(2);
    assertThat(ingest.cursor(0).trust()).isEqualTo(new PartTrust(5, "", false));
  }

  private static StateDigest digest(long cups, StockLevel mugs) {
    return StateDigest.EMPTY.with(CUP, StockLevel.opening(cups)).with(MUG, mugs);
  }

  private void deliverDigest(StateDigest digest) {
    log.append(List.of(new Event.StateDigestRecorded(digest)));
    deliver(log.size() - 1);
  }

  @Test
  void shouldFindWhatElseDiffersWhileSomethingIsParked() {
    deliverDigest(digest(6, new StockLevel(6, 0, 2)));

    assertThat(ingest.cursor(0).trust().untrusted()).contains("as the digest at 4 shows");
    assertThat(ingest.store().violations().open()).hasSize(1);
  }

  @Test
  void shouldKnowWhatItLacksAfterARestart() throws Exception {
    ingest.crash();
    deliverDigest(digest(5, new StockLevel(6, 0, 2)));
    assertThat(ingest.cursor(0).trust().isTrusted()).isTrue();

    deliverDigest(digest(6, new StockLevel(6, 0, 2)));
    assertThat(ingest.cursor(0).trust().isTrusted()).isFalse();
  }

  @Test
  void shouldTakeTheLastThatWasGivenUpForAViolationWhileTheOthersAreParked() {
    assertThat(done(ingest.requests().discard(SECOND, "a double"))).isEqualTo(new Outcome(0, 0));
    deliverDigest(digest(5, StockLevel.opening(5)));
    assertThat(ingest.cursor(0).trust().isTrusted()).isTrue();

    deliverDigest(digest(5, new StockLevel(6, 0, 2)));
    assertThat(ingest.cursor(0).trust().isTrusted()).isFalse();
  }

  @Test
  void shouldNotLetAnEventOfAnUnknownTypeHideWhatDiffers() {
    log.append(List.of(new Event.Unreadable("newer")));
    deliver(1);
    deliverDigest(digest(5, new StockLevel(6, 0, 2)));
    assertThat(ingest.cursor(0).trust().isTrusted()).as("it changed no stock").isTrue();

    deliverDigest(digest(4, new StockLevel(6, 0, 2)));
    assertThat(ingest.cursor(0).trust().isTrusted()).as("it may have").isFalse();
  }

  @Test
  void shouldTakeWhatWasGivenUpForAViolation() {
    assertThat(done(ingest.requests().discard(SECOND, "not needed"))).isEqualTo(new Outcome(0, 0));
    assertThat(done(ingest.requests().discard(FIRST, "not needed"))).isEqualTo(new Outcome(0, 0));
    StateDigest whole = StateDigest.EMPTY.with(CUP, StockLevel.opening(5));
    log.append(List.of(new Event.StateDigestRecorded(whole.with(MUG, StockLevel.opening(5)))));

    deliver(1);

    assertThat(ingest.cursor(0).trust().isTrusted()).isFalse();
  }

  @Test
  void shouldGiveUpWhatARebuildMakesMoot() throws Exception {
    log.append(List.of(new Event.Unreadable("newer"), adjusted(MUG, 3)));
    deliver(1);
    ingest.faultySkus().clear();

    DeadLetters.Write superseded = ingest.letters().superseded(0, 4);
    ingest.store().write(nothing(), superseded.update());
    superseded.stored();
    ingest.retry();

    assertThat(letter(FIRST).discardReason()).isEqualTo("superseded by rebuild at 4");
    assertThat(letter(UNREAD).state()).isEqualTo(LetterState.DISCARDED);
    assertThat(ingest.store().level(MUG)).isEqualTo(new StockLevel(7, 0, 3));
    assertThat(ingest.letters().counts(0)).isEqualTo(new ChangeCounts(5, 2, 0, 3));
    ingest.crash();
    assertThat(ingest.letters().counts(0)).isEqualTo(new ChangeCounts(5, 2, 0, 3));
  }

  @Test
  void shouldKeepOnlySoManyThatWereGivenUpAndForgetTheOldest(@TempDir Path other) throws Exception {
    ingest.close();
    ingest = new TestIngest(other, 1, new LetterBounds(10, 1));
    ingest.faultySkus().add("mug");
    deliver(0);

    assertThat(done(ingest.requests().discard(SECOND, "a double"))).isEqualTo(new Outcome(0, 0));
    assertThat(letter(SECOND).state()).isEqualTo(LetterState.DISCARDED);
    assertThat(done(ingest.requests().discard(FIRST, "not needed"))).isEqualTo(new Outcome(0, 0));

    assertThat(ingest.store().letters().page(null, any -> true, 10))
        .extracting(DeadLetter::id)
        .containsExactly(SECOND);
    assertThat(ingest.letters().counts(0)).isEqualTo(new ChangeCounts(3, 1, 0, 2));
  }

  @Test
  void shouldBeFullWhenAsMuchIsParkedAsItMayBe(@TempDir Path other) throws Exception {
    assertThat(ingest.letters().isFull(0)).isFalse();
    ingest.close();
    ingest = new TestIngest(other, 1, new LetterBounds(2, 10));
    ingest.faultySkus().add("mug");
    WriteCycle cycle = ingest.cycle();
    cycle.take(ingest.delivery(0, TestIngest.message(log, 0)));

    assertThat(cycle.isFull()).isTrue();
    cycle.finish();
    assertThat(ingest.letters().isFull(0)).isTrue();
    ingest.faultySkus().clear();
    ingest.pass(Duration.ofSeconds(1));
    assertThat(ingest.letters().isFull(0)).isFalse();
  }

  private static ViewUpdate nothing() {
    return TestViews.update(Map.of(), Map.of(), Map.of(), Map.of(), List.of());
  }

  @Test
  void shouldTouchNothingOfAPartThatIsBeingReplaced() {
    ingest.faultySkus().clear();
    var cursor = ingest.cursor(0);
    ingest.progress().moved(0, cursor.with(cursor.trust().rebuilding("test")));

    ingest.pass(Duration.ofSeconds(1));
    assertThat(letter(FIRST).attempts()).isEqualTo(1);

    ingest.progress().moved(0, cursor);
    ingest.pass(Duration.ofSeconds(1));
    assertThat(total("mug")).isEqualTo(TestViews.total(6, 0, 1));
  }
}
