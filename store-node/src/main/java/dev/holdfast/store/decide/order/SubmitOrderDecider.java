package dev.holdfast.store.decide.order;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.SubmitOrder;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.Moment;
import java.util.ArrayList;
import java.util.List;

/** Decides the operations of an order, each on top of those before, until one is rejected. */
public final class SubmitOrderDecider {
  /** Bounds the event: reservations that an order closes have up to 1 000 lines each. */
  static final int CHANGES_MAX = 10_000;

  private SubmitOrderDecider() {}

  /** Decides an operation on top of those before. */
  public interface StepDecider {
    Event decide(
        Command.Mutation operation, CommandRequest request, DecisionState state, Moment moment);
  }

  public static Event decide(
      SubmitOrder order,
      CommandRequest request,
      DecisionState state,
      Moment moment,
      StepDecider decider) {
    StepState steps = new StepState(state);
    List<Event> events = new ArrayList<>(order.operations().size());
    for (int i = 0; i < order.operations().size(); i++) {
      Command.Mutation operation = order.operations().get(i);
      Event event = decider.decide(operation, request.with(operation), steps, moment);
      if (event instanceof Event.CommandRejected rejected) {
        return rejected.ofOrder(i);
      }
      request.recorded(event).foldInto(steps, moment.timeMillis());
      if (steps.changes() > CHANGES_MAX) {
        return tooLarge(order, i);
      }
      events.add(event);
    }
    return new Event.OrderExecuted(order.store(), events);
  }

  private static Event tooLarge(SubmitOrder order, int operation) {
    Rejection rejection = new Rejection.OrderTooLarge(CHANGES_MAX + 1, CHANGES_MAX);
    return new Event.CommandRejected(order.kind(), order.store(), "", rejection, operation + 1);
  }
}
