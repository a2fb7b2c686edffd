package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.SubmitOrder;
import java.util.ArrayList;
import java.util.List;

/** Decides the operations of an order, each on top of those before; the first that fails is it. */
final class SubmitOrderDecider {
  /** Bounds the event: reservations that an order closes have up to 1 000 lines each. */
  static final int CHANGES_MAX = 10_000;

  private SubmitOrderDecider() {}

  static Event decide(CommandRequest request, DecisionState state, Moment moment) {
    SubmitOrder order = (SubmitOrder) request.command();
    StepState steps = new StepState(state);
    List<Event> events = new ArrayList<>(order.operations().size());
    for (int i = 0; i < order.operations().size(); i++) {
      Command operation = order.operations().get(i);
      Event event = Dispatcher.event(request.with(operation), steps, moment);
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
    Rejection rejection =
        Rejection.ofQuantity(RejectionCode.ORDER_TOO_LARGE, "", CHANGES_MAX + 1, CHANGES_MAX);
    return new Event.CommandRejected(order.kind(), order.store(), "", rejection, operation + 1);
  }
}
