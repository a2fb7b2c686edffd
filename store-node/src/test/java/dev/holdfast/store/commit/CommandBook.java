package dev.holdfast.store.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.testing.AnswerText;
import dev.holdfast.store.testing.Auditor;
import dev.holdfast.store.testing.MemoryReplica;
import dev.holdfast.store.testing.Requests;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Every command that was submitted, by an id that travels as its reference, and every answer that
 * came. Judges them against the log that was applied.
 */
final class CommandBook {
  private final MemoryReplica replica;
  private final Map<String, Entry> entries = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private final AtomicInteger open = new AtomicInteger();

  CommandBook(MemoryReplica replica) {
    this.replica = replica;
  }

  /** A command and its answer: an event at a sequence, or a reason. */
  private static final class Entry {
    final CommandRequest request;
    int answers;
    long sequence;
    @Nullable RecordedEvent event;
    @Nullable Reason reason;

    Entry(CommandRequest request) {
      this.request = request;
    }
  }

  synchronized QueuedCommand enter(Command command, String key) {
    CommandRequest request = enterForeign(command, key);
    open.incrementAndGet();
    return new QueuedCommand(request, new Answer(request.reference()), 0);
  }

  /** A command that another leader gets, so that nobody here waits for its answer. */
  synchronized CommandRequest enterForeign(Command command, String key) {
    CommandRequest plain = Requests.of(command, key);
    String id = "c" + entries.size();
    CommandRequest request =
        new CommandRequest(command, plain.origin(), id, key, plain.fingerprint(), List.of());
    entries.put(id, new Entry(request));
    return request;
  }

  int open() {
    return open.get();
  }

  private final class Answer implements Reply {
    private final String id;

    Answer(String id) {
      this.id = id;
    }

    @Override
    public void decided(int index, long sequence, RecordedEvent event) {
      synchronized (CommandBook.this) {
        Entry entry = answered(id);
        entry.sequence = sequence;
        entry.event = event;
        if (replica.sequence() < sequence || !replica.event(sequence).equals(event)) {
          violations.add(id + " was answered with what is not applied at " + sequence);
        }
      }
    }

    @Override
    public void failed(int index, Reason reason, String message) {
      synchronized (CommandBook.this) {
        answered(id).reason = reason;
      }
    }
  }

  private Entry answered(String id) {
    Entry entry = entry(id);
    entry.answers++;
    open.decrementAndGet();
    return entry;
  }

  private Entry entry(String id) {
    Entry entry = entries.get(id);
    if (entry == null) {
      throw new AssertionError("nobody submitted " + id);
    }
    return entry;
  }

  /** How many commands ended so; null for those that were decided. */
  synchronized long count(@Nullable Reason reason) {
    return entries.values().stream().filter(e -> e.answers == 1 && e.reason == reason).count();
  }

  /**
   * When nothing is in flight any more: every answer is true, and every effect was answered for.
   */
  synchronized void judge(int foreign) {
    assertThat(violations).isEmpty();
    Map<String, Long> applied = appliedOnceEach();
    int answered = 0;
    for (Map.Entry<String, Entry> each : entries.entrySet()) {
      Entry entry = each.getValue();
      if (entry.answers == 1) {
        answered++;
        judge(each.getKey(), entry, applied);
      } else {
        assertThat(entry.answers).as("answers to %s", each.getKey()).isZero();
      }
    }
    assertThat(answered).as("commands answered").isEqualTo(entries.size() - foreign);
    auditTheLog();
  }

  private Map<String, Long> appliedOnceEach() {
    Map<String, Long> applied = new HashMap<>();
    long sequence = 0;
    for (RecordedEvent event : replica.log()) {
      sequence++;
      if (isOfTheSystem(event)) {
        continue;
      }
      Long before = applied.put(event.reference(), sequence);
      assertThat(before).as("%s was applied twice", event.reference()).isNull();
    }
    return applied;
  }

  /** Digests have nobody who waits for them; the replica checks them against its records. */
  private static boolean isOfTheSystem(RecordedEvent event) {
    return event.event() instanceof Event.StateDigestRecorded;
  }

  /** How many digests the log has, each one checked. */
  long digests() {
    return replica.log().stream().filter(CommandBook::isOfTheSystem).count();
  }

  private void judge(String id, Entry entry, Map<String, Long> applied) {
    Reason reason = entry.reason;
    if (reason == null) {
      judgeDecided(id, entry, applied);
    } else {
      switch (reason) {
        case OUTCOME_UNKNOWN -> {} // at most once, which the map of the log says already
        case NO_LEADER, OVERLOADED, IDEMPOTENCY_KEY_REUSED ->
            assertThat(applied).as("%s was refused with %s", id, reason).doesNotContainKey(id);
        default -> throw new AssertionError(id + " was answered with " + reason);
      }
    }
  }

  private void judgeDecided(String id, Entry entry, Map<String, Long> applied) {
    RecordedEvent event = replica.event(entry.sequence);
    assertThat(entry.event).as("answer to %s", id).isEqualTo(event);
    if (event.reference().equals(id)) {
      assertThat(applied).containsEntry(id, entry.sequence);
    } else {
      assertThat(entry.request.hasKey()).as("%s got the answer of another", id).isTrue();
      assertThat(event.receiptKey()).isEqualTo(entry.request.receiptKey());
      assertThat(event.fingerprint()).isEqualTo(entry.request.fingerprint());
      assertThat(applied).doesNotContainKey(id);
    }
  }

  /** Nothing that was lost shows: every event is what the model answers to its command in turn. */
  private void auditTheLog() {
    Auditor auditor = new Auditor();
    for (RecordedEvent event : replica.log()) {
      if (isOfTheSystem(event)) {
        continue;
      }
      CommandRequest request = entry(event.reference()).request;
      assertThat(AnswerText.of(event.event())).isEqualTo(auditor.answer(request, Requests.MOMENT));
    }
  }
}
