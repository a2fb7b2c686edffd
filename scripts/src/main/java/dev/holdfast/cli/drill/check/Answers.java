package dev.holdfast.cli.drill.check;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.Fields;
import dev.holdfast.cli.drill.history.Kind;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.drill.model.Model;
import dev.holdfast.cli.drill.model.Moment;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.ExtendReservationRequest;
import dev.holdfast.proto.inventory.v1.ExtendReservationResponse;
import dev.holdfast.proto.inventory.v1.ReceiveTransferResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares outcomes with those of the model. */
final class Answers {
  /** Fields that do not depend on the stock, or on a clock that nobody recorded. */
  private static final List<String> BESIDE_THE_POINT =
      List.of(
          "position", "as_of", "earlier", "staleness_millis", "renew_after_millis", "left_millis");

  private Answers() {}

  /**
   * The first time of an interval at which the model gives the answer of a call; null when there is
   * none. Leaves the model as it is after that answer, or as it was.
   */
  static @Nullable Long rightTime(
      Model model, Call call, long sequence, long fromMillis, long untilMillis) {
    List<Long> times = new ArrayList<>();
    times.add(fromMillis);
    if (untilMillis > fromMillis) {
      times.addAll(model.turns(call.request(), fromMillis, untilMillis));
      times.addAll(toldTimes(call, fromMillis, untilMillis));
      times.add(untilMillis);
    }
    int before = model.mark();
    for (long millis : times) {
      Outcome expected = model.answer(call.request(), new Moment(millis, sequence));
      if (agree(call.request(), call.outcome(), expected)) {
        return millis;
      }
      model.backTo(before);
    }
    return null;
  }

  /** The time of the decision when the answer tells the end of something that began then. */
  private static List<Long> toldTimes(Call call, long fromMillis, long untilMillis) {
    if (call.request() instanceof ExtendReservationRequest extend
        && call.outcome() instanceof Outcome.Answered answered
        && answered.answer() instanceof ExtendReservationResponse extended) {
      long millis = extended.getExpiresMillis() - extend.getTtlMillis();
      return millis >= fromMillis && millis <= untilMillis ? List.of(millis) : List.of();
    }
    return List.of();
  }

  /** Whether an outcome says the same as the model. */
  static boolean agree(Message request, Outcome actual, Outcome expected) {
    if (actual instanceof Outcome.Answered told && expected instanceof Outcome.Answered right) {
      return core(request, told.answer()).equals(right.answer());
    }
    if (actual instanceof Outcome.Refused told && expected instanceof Outcome.Refused right) {
      return agree(told, right);
    }
    return false;
  }

  /** Of several stale tokens any may be named. */
  private static boolean agree(Outcome.Refused told, Outcome.Refused right) {
    if (told.reason().equals("STALE_TOKEN")) {
      return right.reason().equals("STALE_TOKEN");
    }
    Map<String, String> details = new TreeMap<>(told.details());
    details.remove("decided_millis");
    return told.reason().equals(right.reason()) && details.equals(right.details());
  }

  /** An answer as the model gives it. */
  static Message core(Message request, Message answer) {
    if (answer instanceof Accepted accepted) {
      return ofSingleCall(Kind.of(request), accepted);
    }
    if (answer instanceof ReceiveTransferResponse) {
      return ReceiveTransferResponse.getDefaultInstance();
    }
    return Fields.without(answer, BESIDE_THE_POINT);
  }

  /** The answer that a single call would have got, as far as a batch tells it. */
  private static Message ofSingleCall(Kind kind, Accepted accepted) {
    Message.Builder answer = kind.answer().toBuilder();
    for (FieldDescriptor field : answer.getDescriptorForType().getFields()) {
      FieldDescriptor source = Accepted.getDescriptor().findFieldByName(nameInBatches(field));
      if (source == null || BESIDE_THE_POINT.contains(field.getName())) {
        continue;
      }
      Object value = accepted.getField(source);
      if (source.isRepeated() && !field.isRepeated()) {
        List<?> values = (List<?>) value;
        if (values.size() == 1) {
          answer.setField(field, values.get(0));
        }
      } else if (source.isRepeated() || !value.equals(source.getDefaultValue())) {
        answer.setField(field, value);
      }
    }
    return answer.build();
  }

  private static String nameInBatches(FieldDescriptor field) {
    return field.getName().equals("difference") ? "count_difference" : field.getName();
  }
}
