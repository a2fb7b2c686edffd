package dev.holdfast.common.domain;

/**
 * The stock of one item. 0 &le; reserved &le; onHand &le; {@link #QUANTITY_MAX}.
 *
 * @param version 1 at creation, +1 with every change, also over a deletion
 * @param netShipped units that this store shipped to other stores by transfers, less those that it
 *     received, got back or lost on the way: over all stores, this is what is in transit
 * @param safetyStock units that reservations leave untouched
 */
public record StockLevel(
    long onHand, long reserved, long version, long netShipped, long safetyStock, State state) {
  /** No quantity passes this, so sums over a million stores still fit a long. */
  public static final long QUANTITY_MAX = 1_000_000_000_000L;

  /** What may be done with an item. */
  public enum State implements Numbered {
    ACTIVE(0),
    /** Nothing is reserved, sold or adjusted. */
    FROZEN(1),
    /** Gone, but for its version. */
    DELETED(2);

    private static final ByNumber<State> BY_NUMBER = new ByNumber<>("state of an item", values());

    private final int number;

    State(int number) {
      this.number = number;
    }

    /**
     * The constant of a number.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static State of(int number) {
      return BY_NUMBER.of(number);
    }

    @Override
    public int number() {
      return number;
    }
  }

  public StockLevel {
    if (reserved < 0
        || reserved > onHand
        || onHand > QUANTITY_MAX
        || version < 1
        || safetyStock < 0
        || safetyStock > QUANTITY_MAX
        || (state == State.DELETED && onHand != 0)) {
      throw new IllegalArgumentException(
          "impossible stock: on hand %d, reserved %d, version %d, safety stock %d, %s"
              .formatted(onHand, reserved, version, safetyStock, state));
    }
  }

  /** Of an item that no transfer touched, without safety stock. */
  public StockLevel(long onHand, long reserved, long version) {
    this(onHand, reserved, version, 0, 0, State.ACTIVE);
  }

  /** The level of a new item. */
  public static StockLevel opening(long quantity) {
    return new StockLevel(quantity, 0, 1);
  }

  /** The level of a deleted item that is created again: its version goes on. */
  public StockLevel reopened(long quantity) {
    return new StockLevel(quantity, 0, version + 1, netShipped, 0, State.ACTIVE);
  }

  public boolean isDeleted() {
    return state == State.DELETED;
  }

  public boolean isFrozen() {
    return state == State.FROZEN;
  }

  public long available() {
    return onHand - reserved;
  }

  /** Units that a reservation may take. */
  public long reservable() {
    return Math.max(0, available() - safetyStock);
  }

  /** The level after a change of the quantity on hand. */
  public StockLevel adjusted(long delta) {
    return changed(delta, 0, 0);
  }

  /** The level after units were held. */
  public StockLevel held(long quantity) {
    return changed(0, quantity, 0);
  }

  /** The level after held units were given back. */
  public StockLevel released(long quantity) {
    return changed(0, -quantity, 0);
  }

  /** The level after units left for other stores, or, when negative, came from them. */
  public StockLevel shipped(long quantity) {
    return changed(-quantity, 0, quantity);
  }

  /** The level after one more change. */
  public StockLevel changed(long onHandMore, long reservedMore, long netShippedMore) {
    return moved(onHandMore, reservedMore, netShippedMore, version + 1);
  }

  /** The level before a change that led to this one. */
  public StockLevel unchanged(long onHandMore, long reservedMore, long netShippedMore) {
    return moved(-onHandMore, -reservedMore, -netShippedMore, version - 1);
  }

  private StockLevel moved(
      long onHandMore, long reservedMore, long netShippedMore, long newVersion) {
    return new StockLevel(
        onHand + onHandMore,
        reserved + reservedMore,
        newVersion,
        netShipped + netShippedMore,
        safetyStock,
        state);
  }

  /** The level after its terms changed. */
  public StockLevel withTerms(long newSafetyStock, State newState) {
    return new StockLevel(onHand, reserved, version + 1, netShipped, newSafetyStock, newState);
  }
}
