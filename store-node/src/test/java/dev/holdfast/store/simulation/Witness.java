package dev.holdfast.store.simulation;

import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.ReceiptKey;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.TransferEvent;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.decide.state.Moment;
import dev.holdfast.store.testing.AnswerText;
import dev.holdfast.store.testing.Auditor;
import dev.holdfast.store.testing.MemoryReplica;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sees each entry of a partition's log when it is committed, and each answer when it is given, and
 * holds one against the other: an independent model decides each command of the log anew.
 */
final class Witness {
  private final Eviction eviction;
  private final MemoryReplica state = new MemoryReplica();
  private final Auditor auditor = new Auditor();
  private final Map<String, Attempt> attempts = new HashMap<>();
  private final Map<String, Long> decidedAt = new HashMap<>();
  private final Map<ReceiptKey, Set<Long>> fingerprints = new HashMap<>();
  private final List<Long> sequences = new ArrayList<>(List.of(0L));
  private final Map<Long, Map<String, String>> rows = new HashMap<>();
  private final Forgotten forgotten = new Forgotten();
  private long batchesDiscarded;

  /**
   * When receipts may be forgotten.
   *
   * @param retentionMillis by age
   * @param countMax by number
   */
  record Eviction(long retentionMillis, long countMax) {}

  Witness(Eviction eviction) {
    this.eviction = eviction;
  }

  MemoryReplica state() {
    return state;
  }

  Collection<Attempt> attempts() {
    return attempts.values();
  }

  /** What came of all that was asked, for a summary. */
  void addTo(Map<String, Long> outcomes) {
    outcomes.merge("batches discarded", batchesDiscarded, Long::sum);
    state.log().forEach(event -> outcomes.merge(event.event().kind().name(), 1L, Long::sum));
    attempts.values().forEach(each -> outcomes.merge(each.outcome(), 1L, Long::sum));
  }

  /** A command is about to be submitted under its request id, which no other has. */
  QueuedCommand enter(SimulatedNode node, QueuedCommand command) {
    Attempt attempt = new Attempt(this, node, command);
    if (attempts.put(command.request().origin().requestId(), attempt) != null) {
      throw new IllegalStateException("two attempts are " + command.request());
    }
    return new QueuedCommand(command.request(), attempt, command.index());
  }

  /** The event sequence to which all entries up to an index lead. */
  long sequenceAt(long index) {
    return sequences.get((int) index);
  }

  void committed(long index, RaftEntry entry) {
    if (entry.batch() != null) {
      EventBatch batch = entry.decoded();
      long evictedBefore = state.evictedThrough();
      forgotten.before(state, batch);
      if (entry.applyTo(state)) {
        forgotten.after(state, batch);
        audit(batch, evictedBefore);
        Laws.check(state);
      } else {
        batchesDiscarded++;
      }
    }
    sequences.add(state.sequence());
    if (sequences.size() != index + 1) {
      throw new IllegalStateException("entry " + index + " is not the next");
    }
  }

  private void audit(EventBatch batch, long evictedBefore) {
    long sequence = batch.firstSequence();
    long evicted = evictedBefore;
    for (RecordedEvent event : batch.events()) {
      if (event.event() instanceof Event.ReceiptsEvicted e) {
        checkEviction(e.throughSequence(), evicted, batch.timeMillis());
        evicted = Math.max(evicted, e.throughSequence());
        auditor.evicted(e.throughSequence());
      } else if (!(event.event() instanceof Event.StateDigestRecorded)) {
        audit(event, new Moment(batch.timeMillis(), sequence), batch.term(), evicted);
      }
      sequence++;
    }
  }

  private void audit(RecordedEvent event, Moment moment, long term, long evicted) {
    long sequence = moment.sequence();
    Attempt attempt = attempts.get(event.origin().requestId());
    if (attempt == null) {
      throw new AssertionError("nobody asked for " + event);
    }
    CommandRequest request = attempt.request();
    assertEqual(request.recorded(event.event()), event, "the record of", request);
    String answer = AnswerText.of(event.event());
    if (forgotten.explains(request, answer, term)) {
      auditor.remember(request, answer, moment);
    } else {
      assertEqual(auditor.answer(request, moment), answer, "the answer to", request);
    }
    attempt.committed(sequence);
    Long before = decidedAt.put(request.reference(), sequence);
    if (before != null && (!request.hasKey() || before > evicted)) {
      throw new AssertionError(request + " was done at " + before + " and again at " + sequence);
    }
    if (request.hasKey()) {
      fingerprints
          .computeIfAbsent(request.receiptKey(), key -> new HashSet<>())
          .add(request.fingerprint());
    }
  }

  /** Neither by age nor by number was anything forgotten too early. */
  private void checkEviction(long through, long before, long timeMillis) {
    long keepFrom = timeMillis - eviction.retentionMillis();
    boolean young = through > before && state.timeMillis(through) >= keepFrom;
    if (young) {
      long receipts = 0;
      for (long sequence = through;
          sequence > before && state.timeMillis(sequence) == state.timeMillis(through);
          sequence--) {
        receipts += state.event(sequence).isReceipt() ? 1 : 0;
      }
      if (state.allReceipts().size() + receipts <= eviction.countMax()) {
        throw new AssertionError("receipts through " + through + " were forgotten too early");
      }
    }
  }

  /** An answer tells what is committed. */
  void checkAnswer(CommandRequest request, long sequence, RecordedEvent event) {
    if (sequence > state.sequence()) {
      throw new AssertionError(request + " was answered before " + sequence + " was committed");
    }
    if (isTransient(event)) {
      return;
    }
    if (event.event() instanceof TransferEvent
        && !request.hasKey()
        && isRecalled(sequence, event)) {
      assertEqual(
          auditor.answer(request, new Moment(0, 0)),
          AnswerText.of(event.event()),
          "the repeated answer to",
          request);
      return;
    }
    assertEqual(state.event(sequence), event, "the answer to", request);
    boolean own = event.origin().requestId().equals(request.origin().requestId());
    boolean earlier =
        request.hasKey()
            && event.isReceipt()
            && event.receiptKey().equals(request.receiptKey())
            && event.fingerprint() == request.fingerprint();
    if (!own && !earlier) {
      throw new AssertionError(request + " got the answer of another: " + event);
    }
  }

  private boolean isRecalled(long sequence, RecordedEvent event) {
    return sequence == 0 || !state.event(sequence).equals(event);
  }

  static boolean isTransient(RecordedEvent event) {
    return event.event() instanceof Event.CommandRejected rejected
        && !rejected.rejection().code().isRecorded();
  }

  void checkFailure(CommandRequest request, Reason reason) {
    if (reason == Reason.IDEMPOTENCY_KEY_REUSED) {
      Set<Long> others = fingerprints.getOrDefault(request.receiptKey(), Set.of());
      if (others.stream().allMatch(each -> each == request.fingerprint())) {
        throw new AssertionError("nobody used the key of " + request);
      }
    }
  }

  /** Rows of every table, which must be the same wherever the same entry was applied last. */
  void assertSameRows(long index, Map<String, String> found) {
    Map<String, String> first = rows.putIfAbsent(index, found);
    if (first != null) {
      assertEqual(first, found, "the rows after entry", index);
    }
  }

  /** At the end of a history: what the model knows is what there is. */
  void checkState() {
    new FinalState(state, auditor).check();
  }

  /** Both are the same thing, which is told of something when it is not. */
  static void assertEqual(
      @Nullable Object expected, @Nullable Object found, String what, Object of) {
    if (expected == null || !expected.equals(found)) {
      throw new AssertionError(
          what + " " + of + " is\n  " + found + "\nbut should be\n  " + expected);
    }
  }
}
