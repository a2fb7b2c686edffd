package dev.holdfast.common.domain;

import java.util.List;

/** The record of a reservation: its lines while open, or how it was closed. */
public sealed interface Reservation {

  /** Whether it holds anything, or what ended it. */
  enum State implements Numbered {
    OPEN(0),
    CONFIRMED(1),
    RELEASED(2),
    EXPIRED(3);

    private static final ByNumber<State> BY_NUMBER = new ByNumber<>("reservation state", values());

    private final int number;

    State(int number) {
      this.number = number;
    }

    /** The constant of a number; an unknown one is an illegal argument. */
    public static State of(int number) {
      return BY_NUMBER.of(number);
    }

    @Override
    public int number() {
      return number;
    }
  }

  State state();

  /**
   * Holds its lines.
   *
   * @param version 1 at creation, +1 with every change
   */
  record Open(long version, List<HeldLine> lines, Purpose purpose, Life life)
      implements Reservation {
    /** Of a reservation that was just made. */
    public static final long FIRST_VERSION = 1;

    public Open {
      lines = List.copyOf(lines);
    }

    /** Whether nothing changed it since it was made. */
    public boolean isNew() {
      return version == FIRST_VERSION;
    }

    @Override
    public State state() {
      return State.OPEN;
    }

    /** Units held of a SKU. */
    public long held(String sku) {
      for (HeldLine line : lines) {
        if (line.sku().equals(sku)) {
          return line.quantity();
        }
      }
      return 0;
    }

    /** The same one change later. */
    public Open with(List<HeldLine> newLines) {
      return new Open(version + 1, newLines, purpose, life);
    }

    /** The same one change later, expiring at another time. */
    public Open expiringAt(long millis) {
      Life longer = new Life(millis, life.endsMillis());
      return new Open(version + 1, lines, purpose, longer);
    }
  }

  /** Holds nothing any more. Remembered for as long as the receipt of what closed it would be. */
  record Closed(State state) implements Reservation {
    public Closed {
      if (state == State.OPEN) {
        throw new IllegalArgumentException("a closed reservation is not open");
      }
    }
  }

  /**
   * Since when and what for.
   *
   * @param givenHolder who it is for, in the caller's words; empty when that was not told
   */
  record Purpose(long createdMillis, String principal, String reference, String givenHolder) {
    /** Who it is for: the caller when nothing else was told. */
    public String holder() {
      return givenHolder.isEmpty() ? principal : givenHolder;
    }
  }

  /**
   * How long it lasts, in the leader's time.
   *
   * @param expiresMillis from then on it holds nothing
   * @param endsMillis it can be extended up to this
   */
  record Life(long expiresMillis, long endsMillis) {
    public boolean isOverAt(long millis) {
      return millis >= expiresMillis;
    }
  }
}
