package dev.holdfast.cli.drill.check;

import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.Fields;
import dev.holdfast.cli.drill.history.History;
import dev.holdfast.cli.drill.history.Kind;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Histories in which a call ended before another began that was decided first. */
final class Reordered {
  private Reordered() {}

  static History of(History history, Random random) {
    List<Call> calls = new ArrayList<>(history.calls());
    List<Call> adjusted = adjusted(calls);
    Call first = adjusted.get(random.nextInt(adjusted.size() - 1));
    Call later =
        adjusted.stream()
            .filter(each -> item(each).equals(item(first)) && sequence(each) > sequence(first))
            .findFirst()
            .orElse(null);
    if (later == null) {
      return of(history, random);
    }
    long nanos = first.beginNanos() - 1;
    calls.set(
        calls.indexOf(later),
        new Call(later.client(), nanos, nanos, later.request(), later.outcome()));
    return History.of(calls);
  }

  /** Acknowledged adjustments, each for the first time. */
  static List<Call> adjusted(List<Call> calls) {
    return calls.stream()
        .filter(call -> call.kind() == Kind.ADJUST_STOCK)
        .filter(
            call ->
                call.outcome() instanceof Outcome.Answered answered
                    && !((AdjustStockResponse) answered.answer()).hasEarlier())
        .toList();
  }

  private static String item(Call call) {
    return Fields.store(call.request()) + "/" + Fields.text(call.request(), "sku");
  }

  private static long sequence(Call call) {
    return ((AdjustStockResponse) ((Outcome.Answered) call.outcome()).answer())
        .getPosition()
        .getSequence();
  }
}
