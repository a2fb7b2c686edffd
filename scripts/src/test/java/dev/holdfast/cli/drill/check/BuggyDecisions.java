package dev.holdfast.cli.drill.check;

import com.google.protobuf.Message;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.drill.model.Moment;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.CountStockRequest;
import dev.holdfast.proto.inventory.v1.GetLeaseRequest;
import dev.holdfast.proto.inventory.v1.GetLeaseResponse;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.GetStockResponse;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides on the model, but for one mistake. */
final class BuggyDecisions {
  private record Known(long version, long endNanos) {}

  private final Bug bug;
  private final Map<String, Known> known = new HashMap<>();
  private final Map<String, GetStockResponse> lastRead = new HashMap<>();
  private boolean mayErr;
  private boolean erred;

  BuggyDecisions(Bug bug) {
    this.bug = bug;
  }

  void mayErr(boolean may) {
    mayErr = may;
  }

  /** Nobody can find a mistake that nobody is told of. */
  boolean mayLoseAnswers() {
    return bug == Bug.NONE || !mayErr;
  }

  boolean hasErred() {
    return erred;
  }

  private boolean errs(Bug which) {
    return bug == which && mayErr && !erred;
  }

  Outcome mutation(Message request, SimulatedPartition partition, long millis) {
    Outcome earlier = partition.recall(request);
    if (earlier != null) {
      return earlier;
    }
    int before = partition.model.mark();
    Outcome right = partition.model.answer(request, partition.moment(millis));
    Outcome wrong = wrong(request, right, partition, millis, before);
    if (wrong != null) {
      return wrong;
    }
    partition.model.keep();
    return partition.record(request, right, millis);
  }

  private @Nullable Outcome wrong(
      Message request, Outcome right, SimulatedPartition partition, long millis, int before) {
    Outcome wrong = null;
    if (request instanceof AdjustStockRequest adjust) {
      wrong = wrong(adjust, right, partition, millis, before);
    } else if (request instanceof SubmitOrderRequest order
        && right instanceof Outcome.Answered
        && errs(Bug.TORN_ORDER)) {
      partition.model.backTo(before);
      AdjustStockRequest first =
          order.getOperations(0).getAdjustStock().toBuilder().setStore(order.getStore()).build();
      partition.model.answer(first, partition.moment(millis));
      wrong = partition.record(request, right, millis);
    }
    erred |= wrong != null;
    return wrong;
  }

  private @Nullable Outcome wrong(
      AdjustStockRequest request,
      Outcome right,
      SimulatedPartition partition,
      long millis,
      int before) {
    boolean accepted = right instanceof Outcome.Answered;
    if (accepted && errs(Bug.LOST_WRITE)) {
      partition.model.backTo(before);
      partition.appendDigest(millis);
      Message answer = ((Outcome.Answered) right).answer();
      Outcome told =
          new Outcome.Answered(partition.positioned(answer, "position", partition.sequence()));
      partition.remember(request, told);
      return told;
    }
    if (accepted && errs(Bug.DOUBLED_WRITE)) {
      Outcome told = partition.record(request, right, millis);
      Outcome again = partition.model.answer(request, partition.moment(millis));
      partition.record(request, again, millis);
      return told;
    }
    if (accepted && request.getExpectedVersion() == 0 && errs(Bug.SKIPPED_VERSION)) {
      partition.model.backTo(before);
      StockLevel level = level(request, partition);
      partition.model.answer(
          CountStockRequest.newBuilder()
              .setStore(request.getStore())
              .setSku(request.getSku())
              .addAllFencingTokens(request.getFencingTokensList())
              .setCounted(level.getOnHand())
              .build(),
          partition.moment(millis));
      return partition.record(
          request, partition.model.answer(request, partition.moment(millis)), millis);
    }
    if (accepted && request.getDelta() < 0 && errs(Bug.UNTRUE_REFUSAL)) {
      partition.model.backTo(before);
      return partition.record(request, untrue(level(request, partition), request), millis);
    }
    if (right instanceof Outcome.Refused refused) {
      return wronglyAccepted(request, refused.reason(), partition, millis);
    }
    return null;
  }

  private static Outcome untrue(StockLevel level, AdjustStockRequest request) {
    return new Outcome.Refused(
        "INSUFFICIENT_STOCK",
        Map.of(
            "store", level.getStore(),
            "sku", level.getSku(),
            "on_hand", "" + level.getOnHand(),
            "held", "" + level.getReserved(),
            "safety_stock", "0",
            "available", "" + level.getAvailable(),
            "requested", "" + -request.getDelta()));
  }

  private @Nullable Outcome wronglyAccepted(
      AdjustStockRequest request, String reason, SimulatedPartition partition, long millis) {
    Moment moment = partition.moment(millis);
    if (reason.equals("INSUFFICIENT_STOCK") && errs(Bug.OVERSOLD)) {
      AdjustStockRequest all = request.toBuilder().setRecordShortfall(true).build();
      Outcome taken = partition.model.answer(all, moment);
      AdjustStockResponse told = (AdjustStockResponse) ((Outcome.Answered) taken).answer();
      return partition.record(
          request, new Outcome.Answered(told.toBuilder().clearShortfall().build()), millis);
    }
    if (reason.equals("STALE_TOKEN") && errs(Bug.STOLEN_LEASE_USED)) {
      GetLeaseRequest read =
          GetLeaseRequest.newBuilder()
              .setStore(request.getStore())
              .setSku(request.getSku())
              .build();
      if (partition.model.answer(read, moment) instanceof Outcome.Answered lease) {
        long token = ((GetLeaseResponse) lease.answer()).getLease().getToken();
        AdjustStockRequest forged =
            request.toBuilder().clearFencingTokens().addFencingTokens(token).build();
        Outcome taken = partition.model.answer(forged, moment);
        return taken instanceof Outcome.Answered ? partition.record(request, taken, millis) : null;
      }
    }
    return null;
  }

  private static StockLevel level(AdjustStockRequest request, SimulatedPartition partition) {
    GetStockRequest read =
        GetStockRequest.newBuilder().setStore(request.getStore()).setSku(request.getSku()).build();
    Outcome.Answered found = (Outcome.Answered) partition.model.answer(read, partition.moment(0));
    return ((GetStockResponse) found.answer()).getStock();
  }

  /** Remembers what callers know for sure. */
  void ended(Outcome told, long endNanos) {
    if (told instanceof Outcome.Answered answered
        && answered.answer() instanceof AdjustStockResponse adjusted
        && !adjusted.hasEarlier()) {
      StockLevel level = adjusted.getStock();
      known.merge(
          name(level),
          new Known(level.getVersion(), endNanos),
          (before, now) -> now.version > before.version ? now : before);
    }
  }

  Outcome read(Message request, SimulatedPartition partition, long millis, long asOf, long begin) {
    Outcome outcome = partition.model.answer(request, partition.moment(millis));
    if (!(outcome instanceof Outcome.Answered answered)) {
      return outcome;
    }
    Message answer = answered.answer();
    if (answer instanceof GetStockResponse read) {
      answer = maybeStale(read, begin);
      lastRead.put(name(read.getStock()), read);
    }
    return new Outcome.Answered(partition.positioned(answer, "as_of", asOf));
  }

  /** What was read before, when a later change had ended before this read began. */
  private GetStockResponse maybeStale(GetStockResponse right, long begin) {
    GetStockResponse last = lastRead.get(name(right.getStock()));
    Known ended = known.get(name(right.getStock()));
    if (last == null
        || ended == null
        || ended.endNanos >= begin
        || last.getStock().getVersion() >= ended.version
        || !errs(Bug.STALE_READ)) {
      return right;
    }
    erred = true;
    return last;
  }

  private static String name(StockLevel level) {
    return level.getStore() + "/" + level.getSku();
  }

  boolean expire(ReserveRequest reservation, SimulatedPartition partition, long millis) {
    String store = reservation.getStore();
    String id = reservation.getReservationId();
    if (partition.model.expire(store, id, partition.moment(millis))) {
      return true;
    }
    if (errs(Bug.EARLY_EXPIRY)
        && partition.model.expire(store, id, partition.moment(millis + 10_000_000))) {
      erred = true;
      return true;
    }
    return false;
  }

  int arrivals() {
    if (errs(Bug.DOUBLED_ARRIVAL)) {
      erred = true;
      return 2;
    }
    return 1;
  }
}
