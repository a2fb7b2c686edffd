package dev.holdfast.cli.drill.check;

import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.Fields;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.drill.model.Model;
import dev.holdfast.cli.drill.model.Moment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One thing that may stand at some place of an order: a call, or the end of a reservation.
 *
 * @param begin the order must respect: nothing that ended before may stand behind it
 * @param end never for what need not stand anywhere
 */
record Attempted(long begin, long end, Call call, Effect effect) {
  /** What the search takes from answers: neither versions nor positions nor times. */
  private static final List<String> NOT_TRUSTED =
      List.of(
          "version",
          "reservation_version",
          "expires_millis",
          "created_millis",
          "life_ends_millis",
          "actual_version");

  private static final Moment NOW = new Moment(0, 0);

  /** The effect on the model. */
  enum Effect {
    CALL,
    /** The time of the call's reservation is over. */
    LAPSE,
    /** Its units are released. */
    EXPIRE
  }

  boolean isOptional() {
    return end == Call.NEVER;
  }

  /** Applies it to the model; false when it does not fit there. */
  boolean apply(Model model) {
    String store = Fields.store(call.request());
    String reservation = Fields.text(call.request(), "reservation_id");
    return switch (effect) {
      case CALL -> answer(model);
      case LAPSE -> model.lapse(store, reservation, NOW);
      case EXPIRE -> model.expire(store, reservation, NOW);
    };
  }

  private boolean answer(Model model) {
    Outcome expected = model.answer(call.request(), NOW);
    if (call.outcome() == Outcome.Undecided.UNKNOWN) {
      return expected instanceof Outcome.Answered;
    }
    if (call.outcome() instanceof Outcome.Answered told
        && expected instanceof Outcome.Answered right) {
      return Trusted.only(Answers.core(call.request(), told.answer()), NOT_TRUSTED)
          .equals(Trusted.only(right.answer(), NOT_TRUSTED));
    }
    return call.outcome() instanceof Outcome.Refused told
        && expected instanceof Outcome.Refused right
        && told.reason().equals(right.reason())
        && details(told).equals(details(right));
  }

  private static Map<String, String> details(Outcome.Refused refused) {
    Map<String, String> details = new TreeMap<>(refused.details());
    details.remove("decided_millis");
    NOT_TRUSTED.forEach(details::remove);
    return details;
  }
}
