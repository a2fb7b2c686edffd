package dev.holdfast.common.status;

import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.Rejection.InsufficientStock;
import dev.holdfast.common.domain.Rejection.LifetimeLimit;
import dev.holdfast.common.domain.Rejection.NotHeld;
import dev.holdfast.common.domain.Rejection.NotOutstanding;
import dev.holdfast.common.domain.Rejection.OrderTooLarge;
import dev.holdfast.common.domain.Rejection.QuantityLimit;
import dev.holdfast.common.domain.Rejection.ReservationIs;
import dev.holdfast.common.domain.Rejection.StaleToken;
import dev.holdfast.common.domain.Rejection.StockInTheWay;
import dev.holdfast.common.domain.Rejection.VersionConflict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A refusal, before it becomes a status.
 *
 * @param message one sentence for a human
 * @param metadata facts for programs, by the keys below
 */
public record Refusal(Reason reason, String message, Map<String, String> metadata) {
  public static final String ROLE = "role";
  public static final String STORE = "store";
  public static final String SKU = "sku";
  public static final String RESERVATION_ID = "reservation_id";
  public static final String TRANSFER_ID = "transfer_id";
  public static final String REQUESTED = "requested";
  public static final String AVAILABLE = "available";
  public static final String ON_HAND = "on_hand";
  public static final String SAFETY_STOCK = "safety_stock";
  public static final String RESERVED = "reserved";
  public static final String LOCK_KEY = "lock_key";
  public static final String FENCING_TOKEN = "fencing_token";
  public static final String CURRENT_TOKEN = "current_token";
  public static final String OPERATION = "operation";
  public static final String HELD = "held";
  public static final String STATE = "state";
  public static final String LIFE_ENDS_MILLIS = "life_ends_millis";
  public static final String EXPECTED_VERSION = "expected_version";
  public static final String ACTUAL_VERSION = "actual_version";
  public static final String PARTITION = "partition";
  public static final String EARLIEST_SEQUENCE = "earliest_sequence";
  public static final String NEXT_SEQUENCE = "next_sequence";

  /** The time of the earlier answer to an idempotency key. */
  public static final String DECIDED_MILLIS = "decided_millis";

  public Refusal {
    metadata = Map.copyOf(metadata);
  }

  public Refusal(Reason reason, String message) {
    this(reason, message, Map.of());
  }

  /** The refusal of a command of a store that was decided against. */
  public static Refusal of(String store, String reservationId, Rejection rejection) {
    String sku = rejection.sku();
    return switch (rejection.code()) {
      case ITEM_NOT_FOUND -> itemNotFound(store, sku);
      case RESERVATION_NOT_FOUND -> reservationNotFound(store, reservationId);
      case ITEM_EXISTS -> ofItem(Reason.ITEM_EXISTS, store, sku, "already exists", Map.of());
      case RESERVATION_EXISTS ->
          ReservationRefusals.ofState(
              Reason.RESERVATION_EXISTS, store, reservationId, (ReservationIs) rejection);
      case RESERVATION_CLOSED ->
          ReservationRefusals.ofState(
              Reason.RESERVATION_CLOSED, store, reservationId, (ReservationIs) rejection);
      case RESERVATION_EXPIRED ->
          ReservationRefusals.of(Reason.RESERVATION_EXPIRED, store, reservationId, "has expired");
      case NOT_HELD -> ReservationRefusals.notHeld(store, reservationId, (NotHeld) rejection);
      case LIFETIME_LIMIT ->
          ReservationRefusals.lifetimeLimit(store, reservationId, (LifetimeLimit) rejection);
      case VERSION_CONFLICT -> versionConflict(store, reservationId, (VersionConflict) rejection);
      case ITEM_FROZEN -> ofItem(Reason.ITEM_FROZEN, store, sku, "is frozen", Map.of());
      case INSUFFICIENT_STOCK -> insufficientStock(store, (InsufficientStock) rejection);
      case QUANTITY_LIMIT -> quantityLimit(store, (QuantityLimit) rejection);
      case STORE_FROZEN ->
          new Refusal(Reason.STORE_FROZEN, "store '" + store + "' is frozen", Map.of(STORE, store));
      case ORDER_TOO_LARGE -> orderTooLarge(store, (OrderTooLarge) rejection);
      case NOT_EMPTY -> CountRefusals.notEmpty(store, (StockInTheWay) rejection);
      case COUNT_BELOW_RESERVED -> CountRefusals.belowReserved(store, (StockInTheWay) rejection);
      case COUNT_OVERTAKEN -> ofItem(Reason.COUNT_OVERTAKEN, store, sku, "kept moving", Map.of());
      case LOCKED -> LeaseRefusals.locked(store, sku);
      case STALE_TOKEN -> LeaseRefusals.staleToken(store, (StaleToken) rejection);
      case TOO_MANY_LEASES -> LeaseRefusals.tooMany(store, sku);
      case TRANSFER_NOT_FOUND -> TransferRefusals.notFound(store, reservationId);
      case TRANSFER_EXISTS -> TransferRefusals.exists(store, reservationId);
      case TRANSFER_CLOSED -> TransferRefusals.closed(store, reservationId);
      case DESTINATION_NOT_FOUND -> TransferRefusals.destinationNotFound(store, reservationId);
      case NOT_OUTSTANDING ->
          TransferRefusals.notOutstanding(store, reservationId, (NotOutstanding) rejection);
      case HANDOVER_OUT_OF_ORDER -> TransferRefusals.outOfOrder(store, reservationId);
      case NOT_DUE -> throw new IllegalArgumentException("the leader alone is told NOT_DUE");
    };
  }

  /** The same refusal as the answer to an order that failed at this operation, from 0. */
  public Refusal inOperation(int index) {
    Map<String, String> more = new LinkedHashMap<>(metadata);
    more.put(OPERATION, Integer.toString(index));
    return new Refusal(reason, "operations[" + index + "]: " + message, more);
  }

  /** The same refusal as the repeated answer to an idempotency key. */
  public Refusal decidedAt(long millis) {
    Map<String, String> more = new LinkedHashMap<>(metadata);
    more.put(DECIDED_MILLIS, Long.toString(millis));
    String what =
        message
            + " (so decided at "
            + Instant.ofEpochMilli(millis)
            + ", which this key is told again)";
    return new Refusal(reason, what, more);
  }

  public static Refusal reservationNotFound(String store, String reservationId) {
    return ReservationRefusals.of(Reason.NOT_FOUND, store, reservationId, "does not exist");
  }

  public static Refusal itemNotFound(String store, String sku) {
    return ofItem(Reason.NOT_FOUND, store, sku, "does not exist", Map.of());
  }

  public static Refusal storeNotFound(String store) {
    String what = "store '" + store + "' has no items and is not frozen";
    return new Refusal(Reason.NOT_FOUND, what, Map.of(STORE, store));
  }

  private static Refusal versionConflict(
      String store, String reservationId, VersionConflict conflict) {
    String expected = Long.toString(conflict.expected());
    String actual = Long.toString(conflict.actual());
    String what = "is at version " + actual + ", not " + expected;
    Map<String, String> versions = Map.of(EXPECTED_VERSION, expected, ACTUAL_VERSION, actual);
    return conflict.sku().isEmpty()
        ? ReservationRefusals.of(Reason.VERSION_CONFLICT, store, reservationId, what, versions)
        : ofItem(Reason.VERSION_CONFLICT, store, conflict.sku(), what, versions);
  }

  private static Refusal insufficientStock(String store, InsufficientStock stock) {
    Map<String, String> quantities =
        Map.of(
            REQUESTED, Long.toString(stock.requested()),
            AVAILABLE, Long.toString(stock.available()),
            ON_HAND, Long.toString(stock.onHand()),
            HELD, Long.toString(stock.held()),
            SAFETY_STOCK, Long.toString(stock.safetyStock()));
    String safety = stock.safetyStock() == 0 ? "" : ", " + stock.safetyStock() + " safety stock";
    String what =
        "has %d on hand, %d held by others%s: %d can be taken, %d asked for"
            .formatted(stock.onHand(), stock.held(), safety, stock.available(), stock.requested());
    return ofItem(Reason.INSUFFICIENT_STOCK, store, stock.sku(), what, quantities);
  }

  private static Refusal quantityLimit(String store, QuantityLimit limit) {
    Map<String, String> quantities =
        Map.of(
            REQUESTED, Long.toString(limit.requested()),
            AVAILABLE, Long.toString(limit.available()));
    String what = "would pass the largest quantity with " + limit.requested() + " more";
    return ofItem(Reason.QUANTITY_LIMIT, store, limit.sku(), what, quantities);
  }

  private static Refusal orderTooLarge(String store, OrderTooLarge order) {
    String what =
        "an order in store '%s' may change %d items at most".formatted(store, order.changesMax());
    return new Refusal(Reason.ORDER_TOO_LARGE, what, Map.of(STORE, store));
  }

  static Refusal ofItem(
      Reason reason, String store, String sku, String what, Map<String, String> more) {
    Map<String, String> metadata = new LinkedHashMap<>(more);
    metadata.put(STORE, store);
    metadata.put(SKU, sku);
    String message = "SKU '" + sku + "' in store '" + store + "' " + what;
    return new Refusal(reason, message, metadata);
  }
}
