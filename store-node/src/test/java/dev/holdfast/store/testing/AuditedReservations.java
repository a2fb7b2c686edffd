package dev.holdfast.store.testing;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.store.testing.Ledger.Named;
import dev.holdfast.store.testing.Ledger.Numbers;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The part of the reference model that is about reservations. */
final class AuditedReservations {
  private static final String OPEN = "OPEN";

  private final Ledger stock;
  private final Map<Named, Held> known = new HashMap<>();
  private long sequence;

  AuditedReservations(Ledger stock) {
    this.stock = stock;
  }

  private static final class Held {
    final Map<String, Long> lines = new LinkedHashMap<>();
    final long ends;
    long expires;
    long version = 1;
    String state = OPEN;
    long closedAt;

    Held(long expires, long ends) {
      this.expires = expires;
      this.ends = ends;
    }

    Held copy() {
      Held copy = new Held(expires, ends);
      copy.lines.putAll(lines);
      copy.version = version;
      copy.state = state;
      copy.closedAt = closedAt;
      return copy;
    }

    String stateAt(long now) {
      return state.equals(OPEN) && now >= expires ? "EXPIRED" : state;
    }

    long of(String sku) {
      return lines.getOrDefault(sku, 0L);
    }
  }

  /** The sequence of the event that is decided next. */
  void at(long next) {
    sequence = next;
  }

  void forgetClosed(long throughSequence) {
    known.values().removeIf(held -> !held.state.equals(OPEN) && held.closedAt <= throughSequence);
  }

  String decide(Command.OfReservation command, long now) {
    Named id = new Named(command.store(), command.reservation().reservationId());
    if (command instanceof Command.ReserveStock c) {
      return reserve(id, c, now);
    }
    Held held = known.get(id);
    if (command instanceof Command.ExpireReservation) {
      return held != null && held.state.equals(OPEN) && now >= held.expires
          ? "ok" + giveBack(id, held, held.lines, "EXPIRED")
          : "NOT_DUE " + id.name();
    }
    if (held == null) {
      return "RESERVATION_NOT_FOUND " + id.name();
    }
    return switch (held.stateAt(now)) {
      case OPEN -> change(id, held, command, now);
      case "EXPIRED" -> "RESERVATION_EXPIRED " + id.name();
      default -> "RESERVATION_CLOSED " + id.name() + " " + held.state;
    };
  }

  private String reserve(Named id, Command.ReserveStock c, long now) {
    Held before = known.get(id);
    if (before != null) {
      return "RESERVATION_EXISTS " + id.name() + " " + before.stateAt(now);
    }
    Held held = new Held(now + c.terms().ttlMillis(), now + c.terms().lifeMillisMax());
    String no = refuse(id.scope(), c.lines(), c.mode().name(), held, null);
    if (no != null) {
      return no;
    }
    known.put(id, held);
    return "ok" + hold(id, held, c.lines());
  }

  private String change(Named id, Held held, Command.OfReservation command, long now) {
    if (command instanceof Command.ReplaceReservation c) {
      String conflict = conflict(id, held, c.expectedVersion());
      String no = refuse(id.scope(), c.lines(), c.mode().name(), held, conflict);
      return no != null ? no : "ok" + replace(id, held, c.lines());
    }
    if (command instanceof Command.ExtendReservation c) {
      String conflict = conflict(id, held, c.expectedVersion());
      return conflict != null ? conflict : extend(id, held, now + c.ttlMillis());
    }
    if (command instanceof Command.ConfirmReservation c) {
      for (String sku : asked(held, c.lines()).keySet()) {
        if (stock.get(new Named(id.scope(), sku)).state().equals(Ledger.FROZEN)) {
          return "ITEM_FROZEN " + sku;
        }
      }
      String no = refuse(id, held, c.lines(), c.expectedVersion());
      return no != null ? no : "ok" + confirm(id, held, c);
    }
    if (command instanceof Command.ReleaseReservation c) {
      String no = refuse(id, held, c.lines(), c.expectedVersion());
      return no != null ? no : "ok" + giveBack(id, held, asked(held, c.lines()), "RELEASED");
    }
    throw new AssertionError("the auditor does not know " + command);
  }

  private static @Nullable String conflict(Named id, Held held, long expected) {
    return expected == 0 || expected == held.version
        ? null
        : "VERSION_CONFLICT " + id.name() + " " + expected + " is " + held.version;
  }

  /** Why lines cannot be held, on top of what is held by the reservation itself. */
  private @Nullable String refuse(
      String store,
      List<Command.ReserveLine> lines,
      String mode,
      Held own,
      @Nullable String conflict) {
    for (Command.ReserveLine line : lines) {
      if (stock.find(new Named(store, line.sku())) == null) {
        return "ITEM_NOT_FOUND " + line.sku();
      }
    }
    for (Command.ReserveLine line : lines) {
      boolean more = line.quantity() > own.of(line.sku());
      if (more && stock.get(new Named(store, line.sku())).state().equals(Ledger.FROZEN)) {
        return "ITEM_FROZEN " + line.sku();
      }
    }
    if (conflict != null) {
      return conflict;
    }
    for (Command.ReserveLine line : lines) {
      long version = stock.get(new Named(store, line.sku())).version();
      if (line.expectedVersion() != 0 && line.expectedVersion() != version) {
        return "VERSION_CONFLICT " + line.sku() + " " + line.expectedVersion() + " is " + version;
      }
    }
    boolean anything = false;
    String first = null;
    for (Command.ReserveLine line : lines) {
      Numbers n = stock.get(new Named(store, line.sku()));
      long others = n.reserved() - own.of(line.sku());
      long free = free(n, own.of(line.sku()));
      anything |= free > 0;
      if (first == null && free < (mode.equals("UP_TO") ? 1 : line.quantity())) {
        first =
            Auditor.insufficient(line.sku(), line.quantity(), free)
                + Auditor.held(n.onHand(), others, n.safety());
      }
    }
    return mode.equals("UP_TO") && anything ? null : first;
  }

  /** What is held already may be kept, whatever the safety stock is now. */
  private static long free(Numbers n, long own) {
    return Math.max(own, n.onHand() - n.reserved() + own - n.safety());
  }

  /** Takes what there is; that it is enough, where it must be, is known. */
  private String hold(Named id, Held held, List<Command.ReserveLine> lines) {
    StringBuilder answer = new StringBuilder();
    StringBuilder shortfalls = new StringBuilder();
    Map<String, Long> after = new LinkedHashMap<>();
    for (Command.ReserveLine line : lines) {
      Numbers n = stock.get(new Named(id.scope(), line.sku()));
      long free = free(n, held.of(line.sku()));
      long granted = Math.min(free, line.quantity());
      if (granted < line.quantity()) {
        shortfalls.append(" short " + line.sku() + " " + granted + "/" + line.quantity());
      }
      answer.append(reserved(id, line.sku(), granted - held.of(line.sku())));
      if (granted > 0) {
        after.put(line.sku(), granted);
      }
    }
    for (Map.Entry<String, Long> gone : held.lines.entrySet()) {
      if (lines.stream().noneMatch(line -> line.sku().equals(gone.getKey()))) {
        answer.append(reserved(id, gone.getKey(), -gone.getValue()));
      }
    }
    held.lines.clear();
    held.lines.putAll(after);
    return answer.append(shortfalls).toString();
  }

  private String reserved(Named id, String sku, long more) {
    Numbers n = stock.get(new Named(id.scope(), sku));
    return more == 0
        ? ""
        : stock.set(new Named(id.scope(), sku), n.moved(n.onHand(), n.reserved() + more));
  }

  private String replace(Named id, Held held, List<Command.ReserveLine> lines) {
    String answer = hold(id, held, lines);
    held.version++;
    return answer + " v" + held.version;
  }

  private static String extend(Named id, Held held, long expires) {
    if (expires > held.ends) {
      return "LIFETIME_LIMIT " + id.name() + " " + held.ends;
    }
    held.expires = Math.max(held.expires, expires);
    held.version++;
    return "ok v" + held.version;
  }

  private static @Nullable String refuse(Named id, Held held, List<HeldLine> lines, long version) {
    String conflict = conflict(id, held, version);
    if (conflict != null) {
      return conflict;
    }
    for (String sku : held.lines.keySet()) {
      for (HeldLine line : lines) {
        if (line.sku().equals(sku) && line.quantity() > held.of(sku)) {
          return notHeld(line, held.of(sku));
        }
      }
    }
    for (HeldLine line : lines) {
      if (held.of(line.sku()) == 0) {
        return notHeld(line, 0);
      }
    }
    return null;
  }

  private static String notHeld(HeldLine line, long held) {
    return "NOT_HELD " + line.sku() + " " + line.quantity() + " of " + held;
  }

  private static Map<String, Long> asked(Held held, List<HeldLine> lines) {
    Map<String, Long> asked = new LinkedHashMap<>();
    for (String sku : held.lines.keySet()) {
      for (HeldLine line : lines) {
        if (line.sku().equals(sku)) {
          asked.put(sku, line.quantity());
        }
      }
    }
    return lines.isEmpty() ? held.lines : asked;
  }

  private String confirm(Named id, Held held, Command.ConfirmReservation c) {
    Map<String, Long> asked = new HashMap<>(asked(held, c.lines()));
    StringBuilder answer = new StringBuilder();
    for (String sku : List.copyOf(held.lines.keySet())) {
      long sold = asked.getOrDefault(sku, 0L);
      long gone = c.keepRest() ? sold : held.of(sku);
      if (gone > 0) {
        Numbers n = stock.get(new Named(id.scope(), sku));
        Numbers after = n.moved(n.onHand() - sold, n.reserved() - gone);
        answer.append(stock.set(new Named(id.scope(), sku), after));
        take(held, sku, gone);
      }
    }
    return answer + closed(held, "CONFIRMED");
  }

  private String giveBack(Named id, Held held, Map<String, Long> units, String state) {
    StringBuilder answer = new StringBuilder();
    for (Map.Entry<String, Long> line : List.copyOf(units.entrySet())) {
      long quantity = line.getValue();
      answer.append(reserved(id, line.getKey(), -quantity));
      take(held, line.getKey(), quantity);
    }
    return answer + closed(held, state);
  }

  private static void take(Held held, String sku, long units) {
    long left = held.of(sku) - units;
    if (left > 0) {
      held.lines.put(sku, left);
    } else {
      held.lines.remove(sku);
    }
  }

  private String closed(Held held, String state) {
    if (held.lines.isEmpty()) {
      held.state = state;
      held.closedAt = sequence;
      return "";
    }
    held.version++;
    return " v" + held.version;
  }

  /** The SKUs that a reservation holds. */
  Set<String> held(ReservationKey key) {
    Held held = known.get(new Named(key.store(), key.reservationId()));
    return held == null ? Set.of() : held.lines.keySet();
  }

  AuditedReservations copy() {
    AuditedReservations copy = new AuditedReservations(stock);
    known.forEach((id, held) -> copy.known.put(id, held.copy()));
    return copy;
  }

  void restore(AuditedReservations before) {
    known.clear();
    known.putAll(before.known);
  }

  long version(String store, String id) {
    Held held = known.get(new Named(store, id));
    return held == null ? 1 : held.version;
  }

  void addTo(Map<String, String> state) {
    known.forEach((id, held) -> state.put("held " + id.scope() + ":" + id.name(), text(held)));
  }

  private static String text(Held held) {
    return held.state.equals(OPEN)
        ? held.lines + " v" + held.version + " until " + held.expires + "/" + held.ends
        : held.state;
  }
}
