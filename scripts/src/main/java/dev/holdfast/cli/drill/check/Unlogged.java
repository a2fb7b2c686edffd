package dev.holdfast.cli.drill.check;

import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.Fields;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.drill.model.Model;
import dev.holdfast.cli.drill.model.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Events that nobody was told of, when there is no log: calls with an unknown outcome, and expired
 * reservations. Assumes one where an answer cannot be explained without; the first that explains it
 * counts, so two that are alike may be mistaken for each other.
 */
final class Unlogged {
  private static final int EVENTS_MAX = 4;

  private final boolean logged;
  private final Model model;
  private final Map<String, List<Call>> openByStore = new HashMap<>();

  /**
   * @param logged whether there is a log: then nothing is assumed
   */
  Unlogged(boolean logged, List<Op> open, Model model) {
    this.logged = logged;
    this.model = model;
    for (Op op : open) {
      Call call = op.call();
      openByStore
          .computeIfAbsent(Fields.store(call.request()), first -> new ArrayList<>())
          .add(call);
    }
  }

  /** Checks an answer against the model. */
  interface Attempt {
    /** Whether it is right at this log time, or later. */
    boolean holds(long fromMillis);
  }

  /**
   * An answer to be explained.
   *
   * @param by only calls that began by then can have happened
   * @param untilMillis the latest log time
   */
  record Question(String store, long by, long untilMillis, Attempt attempt) {}

  /** Whether nothing had to be assumed. */
  boolean isCertain() {
    return logged;
  }

  /** Assumes events until an answer is explained. Changes the model only when it is. */
  boolean explain(Question question, long fromMillis) {
    return explain(question, fromMillis, EVENTS_MAX);
  }

  private boolean explain(Question question, long fromMillis, int eventsMax) {
    return question.attempt.holds(fromMillis)
        || (!logged
            && eventsMax > 0
            && (byExpiry(question, fromMillis, eventsMax - 1)
                || byOpenCall(question, fromMillis, eventsMax - 1)));
  }

  private boolean byExpiry(Question question, long fromMillis, int eventsMax) {
    int before = model.mark();
    for (Map.Entry<String, Long> due : model.expiries(question.store).entrySet()) {
      long expired = Math.max(fromMillis, due.getValue());
      if (expired <= question.untilMillis
          && model.expire(question.store, due.getKey(), new Moment(expired, 0))
          && explain(question, expired, eventsMax)) {
        return true;
      }
      model.backTo(before);
    }
    return false;
  }

  private boolean byOpenCall(Question question, long fromMillis, int eventsMax) {
    int before = model.mark();
    List<Call> open = openByStore.getOrDefault(question.store, List.of());
    for (Call call : List.copyOf(open)) {
      Moment moment = new Moment(fromMillis, 0);
      if (call.beginNanos() < question.by
          && model.answer(call.request(), moment) instanceof Outcome.Answered) {
        open.remove(call);
        if (explain(question, fromMillis, eventsMax)) {
          return true;
        }
        open.add(call);
      }
      model.backTo(before);
    }
    return false;
  }
}
