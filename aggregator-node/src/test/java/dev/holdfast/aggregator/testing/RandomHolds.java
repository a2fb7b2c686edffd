package dev.holdfast.aggregator.testing;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.ReservationStep;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes up the lives of reservations. */
final class RandomHolds {
  private static final Reservation.Life LIFE = new Reservation.Life(60, 900);
  private static final Reservation.Purpose PURPOSE =
      new Reservation.Purpose(1, "alice", "order-1", "");

  private final RandomLevels levels;
  private final Map<ReservationKey, Reservation.Open> open = new LinkedHashMap<>();
  private int count;

  RandomHolds(RandomLevels levels) {
    this.levels = levels;
  }

  Event reserve(String store) {
    ReservationKey key = new ReservationKey(store, "r" + count++);
    List<LineChange> lines = new ArrayList<>();
    for (int sku = 0; sku < RandomLevels.SKUS; sku++) {
      StockKey item = new StockKey(store, RandomLevels.sku(sku));
      StockLevel level = levels.there(item);
      if (level != null && level.available() > 0 && levels.random.nextBoolean()) {
        long quantity = levels.upTo(level.available());
        lines.add(new LineChange(item.sku(), quantity, levels.put(item, level.held(quantity))));
      }
    }
    List<HeldLine> held =
        lines.stream().map(line -> new HeldLine(line.sku(), line.quantity())).toList();
    open.put(key, new Reservation.Open(1, held, PURPOSE, LIFE));
    return new ReservationEvent.StockReserved(key, lines, LIFE, "", List.of());
  }

  /** What happens next to the oldest one, null when none is open. */
  @Nullable Event next() {
    if (open.isEmpty()) {
      return null;
    }
    ReservationKey key = open.keySet().iterator().next();
    Reservation.Open before =
        open.getOrDefault(key, new Reservation.Open(1, List.of(), PURPOSE, LIFE));
    open.remove(key);
    return switch (levels.random.nextInt(6)) {
      case 0 -> confirmSome(key, before);
      case 1 -> releaseSome(key, before);
      case 2 -> extend(key, before);
      case 3 -> replace(key, before);
      case 4 -> new ReservationEvent.ReservationExpired(key, giveBack(key, before), closed(before));
      default -> confirmAll(key, before);
    };
  }

  private static ReservationStep closed(Reservation.Open before) {
    return new ReservationStep(before.life().expiresMillis(), null);
  }

  private LineChange line(
      ReservationKey key,
      String sku,
      long quantity,
      long released,
      UnaryOperator<StockLevel> change) {
    StockKey item = new StockKey(key.store(), sku);
    StockLevel after = levels.put(item, change.apply(levels.of(item)));
    return new LineChange(sku, quantity, after, released);
  }

  private List<LineChange> giveBack(ReservationKey key, Reservation.Open before) {
    return before.lines().stream()
        .map(
            held ->
                line(key, held.sku(), held.quantity(), 0, level -> level.released(held.quantity())))
        .toList();
  }

  private Event confirmAll(ReservationKey key, Reservation.Open before) {
    List<LineChange> lines =
        before.lines().stream()
            .map(
                held ->
                    line(
                        key,
                        held.sku(),
                        held.quantity(),
                        0,
                        level -> level.confirmed(held.quantity())))
            .toList();
    return new ReservationEvent.ReservationConfirmed(key, lines, closed(before));
  }

  /** Of each line some units are sold, some given back, and the rest is kept. */
  private Event confirmSome(ReservationKey key, Reservation.Open before) {
    List<LineChange> lines = new ArrayList<>();
    List<HeldLine> kept = new ArrayList<>();
    for (HeldLine held : before.lines()) {
      long sold = levels.upTo(held.quantity());
      long released = levels.random.nextInt((int) (held.quantity() - sold) + 1);
      lines.add(
          line(
              key, held.sku(), sold, released, level -> level.changed(-sold, -sold - released, 0)));
      keep(kept, held, held.quantity() - sold - released);
    }
    return new ReservationEvent.ReservationConfirmed(key, lines, step(key, before, kept));
  }

  private Event releaseSome(ReservationKey key, Reservation.Open before) {
    List<LineChange> lines = new ArrayList<>();
    List<HeldLine> kept = new ArrayList<>();
    for (HeldLine held : before.lines()) {
      long released = levels.upTo(held.quantity());
      lines.add(line(key, held.sku(), released, 0, level -> level.released(released)));
      keep(kept, held, held.quantity() - released);
    }
    return new ReservationEvent.ReservationReleased(key, lines, step(key, before, kept));
  }

  private static void keep(List<HeldLine> kept, HeldLine held, long quantity) {
    if (quantity > 0) {
      kept.add(new HeldLine(held.sku(), quantity));
    }
  }

  private ReservationStep step(ReservationKey key, Reservation.Open before, List<HeldLine> kept) {
    return kept.isEmpty() ? closed(before) : stays(key, before, before.with(kept));
  }

  private ReservationStep stays(
      ReservationKey key, Reservation.Open before, Reservation.Open after) {
    open.put(key, after);
    return new ReservationStep(before.life().expiresMillis(), after);
  }

  private Event extend(ReservationKey key, Reservation.Open before) {
    Reservation.Open longer = before.expiringAt(before.life().expiresMillis() + 10);
    return new ReservationEvent.ReservationExtended(key, stays(key, before, longer));
  }

  /** Holds other quantities of the same lines. */
  private Event replace(ReservationKey key, Reservation.Open before) {
    List<LineChange> lines = new ArrayList<>();
    List<HeldLine> after = new ArrayList<>();
    for (HeldLine held : before.lines()) {
      long available = levels.of(new StockKey(key.store(), held.sku())).available();
      long more = available > 0 && levels.random.nextBoolean() ? 1 : 1 - held.quantity();
      if (more != 0) {
        lines.add(line(key, held.sku(), more, 0, level -> level.changed(0, more, 0)));
      }
      after.add(new HeldLine(held.sku(), held.quantity() + more));
    }
    ReservationStep step = stays(key, before, before.with(after));
    return new ReservationEvent.ReservationReplaced(key, lines, step, List.of());
  }
}
