package dev.holdfast.store.decide.reservation;

import dev.holdfast.common.domain.Command.ReplaceReservation;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.Reservation.Open;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.domain.ReservationStep;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.decide.check.Rejections;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.Moment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a reservation hold other lines; what it holds already is free for it. */
public final class ReplaceReservationDecider {
  private ReplaceReservationDecider() {}

  public static Event decide(ReplaceReservation command, DecisionState state, Moment moment) {
    Reservation found = state.reservation(command.reservation());
    Open open = ReservationChecks.openAt(found, moment);
    if (open == null) {
      return Rejections.ofReservation(command, ReservationChecks.whyNotOpen(found));
    }
    Map<String, Long> before = new LinkedHashMap<>();
    open.lines().forEach(line -> before.put(line.sku(), line.quantity()));
    WantedLines wanted =
        new WantedLines(
            command.store(),
            command.lines(),
            command.mode(),
            sku -> before.getOrDefault(sku, 0L),
            state);
    Rejection rejection =
        wanted.reject(ReservationChecks.checkVersion(command.expectedVersion(), open));
    if (rejection != null) {
      return Rejections.ofReservation(command, rejection);
    }
    HeldLevels held = new HeldLevels(command.store(), open, List.of(), state);
    return replace(command, open, before, wanted, held);
  }

  /** First the lines that are asked for, then those that go. */
  private static Event replace(
      ReplaceReservation command,
      Open open,
      Map<String, Long> before,
      WantedLines wanted,
      HeldLevels held) {
    List<LineChange> changes = new ArrayList<>();
    List<HeldLine> lines = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      String sku = wanted.sku(i);
      long granted = wanted.granted(i);
      addChange(sku, granted - before.getOrDefault(sku, 0L), wanted.level(i), changes);
      if (granted > 0) {
        lines.add(new HeldLine(sku, granted));
      }
    }
    Map<String, Long> gone = new LinkedHashMap<>(before);
    command.lines().forEach(line -> gone.remove(line.sku()));
    gone.forEach((sku, units) -> addChange(sku, -units, held.level(sku), changes));
    ReservationStep step = new ReservationStep(open.life().expiresMillis(), open.with(lines));
    return new ReservationEvent.ReservationReplaced(
        command.reservation(), changes, step, wanted.shortfalls());
  }

  private static void addChange(String sku, long more, StockLevel level, List<LineChange> changes) {
    if (more != 0) {
      changes.add(new LineChange(sku, more, level.held(more)));
    }
  }
}
