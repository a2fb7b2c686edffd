package dev.holdfast.cli.drill.check;

import com.google.protobuf.Message;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.Fields;
import dev.holdfast.cli.drill.history.LogEntry;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.drill.model.Model;
import dev.holdfast.cli.drill.model.Moment;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs the steps of one partition on the model, in the order of the log, and compares every answer.
 * Stops at the first difference: what follows would rest on it.
 */
final class Replay {
  private final List<Step> steps;
  private final List<Watched> waiting = new ArrayList<>();
  private final List<Watched> watched = new ArrayList<>();
  private final LogTimes times;
  private final Unlogged unlogged;
  private final SystemSteps system;
  private final Model model;
  private final Findings findings;
  private int nextWaiting;
  private long millis;

  Replay(
      List<Step> steps,
      LogTimes times,
      Unlogged unlogged,
      SystemSteps system,
      Model model,
      Findings findings) {
    this.steps = steps;
    this.times = times;
    this.unlogged = unlogged;
    this.system = system;
    this.model = model;
    this.findings = findings;
  }

  /**
   * Replays all steps.
   *
   * @param floating reads and refusals, each of which must find a place
   */
  void run(List<Op> floating, RealTime time) {
    floating.forEach(op -> waiting.add(new Watched(op, time)));
    waiting.sort(Comparator.comparingLong(Watched::first));
    watch(0);
    for (int i = 0; i < steps.size(); i++) {
      millis = times.earliest(i, millis);
      model.takeChanged();
      if (!apply(steps.get(i), times.latest(i))) {
        return;
      }
      model.keep();
      watch(i + 1);
    }
  }

  /** Looks whether what is watched is true between the last step and the next one. */
  private void watch(int next) {
    long to = next == steps.size() ? Long.MAX_VALUE : steps.get(next).sequence() - 1;
    boolean added = false;
    while (nextWaiting < waiting.size() && waiting.get(nextWaiting).first() <= to) {
      watched.add(waiting.get(nextWaiting++));
      added = true;
    }
    if (added) {
      watched.sort(Comparator.comparingLong(Watched::begin));
    }
    Set<Object> changed = model.takeChanged();
    long unseenSince = Call.NEVER;
    for (Iterator<Watched> all = watched.iterator(); all.hasNext(); ) {
      Watched each = all.next();
      boolean lastChance = each.last() <= to;
      boolean blocked = each.begin() > unseenSince;
      boolean again = lastChance || !each.isAsBefore(changed, times.latest(next));
      if (!blocked && again && isTrue(each, times.latest(next), lastChance)) {
        all.remove();
        continue;
      }
      if (lastChance) {
        all.remove();
        neverTrue(each);
      } else if (blocked && again) {
        each.forget();
      }
      // what begins after the end of this one must not be seen before it
      unseenSince = lastChance ? unseenSince : Math.min(unseenSince, each.end());
    }
  }

  private boolean isTrue(Watched each, long until, boolean lastChance) {
    Unlogged.Attempt attempt = from -> each.isTrue(model, from, until);
    return lastChance
        ? unlogged.explain(
            new Unlogged.Question(each.store(), each.op().end(), until, attempt), millis)
        : attempt.holds(millis);
  }

  private void neverTrue(Watched each) {
    Call call = each.op().call();
    Breach breach = each.op().isRead() ? Breach.WRONG_READ : Breach.NEVER_TRUE;
    add(breach, "never so while the call lasted: " + call.outcome(), call);
  }

  private boolean apply(Step step, long until) {
    LogEntry entry = step.entry();
    if (entry != null && entry.system() != null) {
      return system.apply(entry, model);
    }
    if (step.ops().isEmpty()) {
      return true;
    }
    List<Call> calls = step.ops().stream().map(Op::call).toList();
    if (isToUnknownStore(step, calls)) {
      return true;
    }
    return entry == null ? explain(step, calls, until) : compare(step, calls);
  }

  /** Without a log the time is not known exactly, and events may be hidden. */
  private boolean explain(Step step, List<Call> calls, long until) {
    Call told = told(step, calls);
    List<Call> tries = tries(calls, told.outcome());
    Unlogged.Attempt attempt = from -> isRightFrom(tries, step.sequence(), from, until);
    Unlogged.Question question =
        new Unlogged.Question(Fields.store(told.request()), told.endNanos(), until, attempt);
    if (unlogged.explain(question, millis)) {
      return true;
    }
    Moment moment = new Moment(millis, step.sequence());
    return differ(told, model.answer(told.request(), moment));
  }

  private boolean isRightFrom(List<Call> tries, long sequence, long from, long until) {
    for (Call each : tries) {
      Long right = Answers.rightTime(model, each, sequence, from, until);
      if (right != null) {
        millis = right;
        return true;
      }
    }
    return false;
  }

  private static Call told(Step step, List<Call> calls) {
    for (int i = 0; i < calls.size(); i++) {
      if (step.ops().get(i).isTold()) {
        return calls.get(i);
      }
    }
    return calls.get(0);
  }

  /** One of the requests with a key was decided; they may differ in their fencing tokens. */
  private static List<Call> tries(List<Call> calls, Outcome outcome) {
    Map<Message, Call> byRequest = new LinkedHashMap<>();
    calls.forEach(call -> byRequest.putIfAbsent(call.request(), call.with(outcome)));
    return List.copyOf(byRequest.values());
  }

  private boolean compare(Step step, List<Call> calls) {
    Call told = told(step, calls);
    List<Call> tries = tries(calls, told.outcome());
    Outcome expected = told.outcome();
    for (Call each : tries) {
      int before = model.mark();
      expected = model.answer(each.request(), new Moment(millis, step.sequence()));
      if (isAsLogged(step, expected) && agree(step, calls, expected)) {
        return true;
      }
      model.backTo(before);
    }
    if (isAsLogged(step, expected)) {
      return differ(told, expected);
    }
    Breach breach =
        expected instanceof Outcome.Refused ? Breach.WRONGLY_ACCEPTED : Breach.NEVER_TRUE;
    add(breach, "the log has " + step.entry() + ", right is " + expected, told);
    return false;
  }

  private static boolean isAsLogged(Step step, Outcome expected) {
    LogEntry entry = step.entry();
    return entry == null || entry.isRejection() == (expected instanceof Outcome.Refused);
  }

  private static boolean agree(Step step, List<Call> calls, Outcome expected) {
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      if (step.ops().get(i).isTold() && !Answers.agree(call.request(), call.outcome(), expected)) {
        return false;
      }
    }
    return true;
  }

  private boolean differ(Call call, Outcome expected) {
    String what = "%s was told %s, right is %s".formatted(call.kind(), call.outcome(), expected);
    boolean accepted = call.outcome() instanceof Outcome.Answered;
    Breach breach =
        !accepted
            ? Breach.NEVER_TRUE
            : expected instanceof Outcome.Answered ? Breach.WRONG_ANSWER : Breach.WRONGLY_ACCEPTED;
    add(breach, what, call);
    return false;
  }

  /** One assumption that was wrong may be the reason, and no broken promise. */
  private void add(Breach breach, String what, Call call) {
    findings.add(unlogged.isCertain() ? breach : Breach.UNDECIDED, what, call);
  }

  /** Whether a destination has any item is known to its own partition only. */
  private static boolean isToUnknownStore(Step step, List<Call> calls) {
    if (!(calls.get(0).request() instanceof ShipTransferRequest)) {
      return false;
    }
    boolean told = false;
    for (Call call : calls) {
      if (call.outcome() instanceof Outcome.Refused refused) {
        told = true;
        if (refused.reason().equals("NOT_FOUND") && refused.details().containsKey("transfer_id")) {
          return true;
        }
      }
    }
    LogEntry entry = step.entry();
    return entry != null && entry.isRejection() && !told;
  }
}
