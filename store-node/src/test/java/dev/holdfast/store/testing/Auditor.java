package dev.holdfast.store.testing;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The reference model: what an inventory must answer, written from the comments of inventory.proto
 * with plain maps. It shares no code with the deciders, the fold or the levels, so that it can be
 * wrong only in its own way.
 */
public final class Auditor {
  private static final long MAX = 1_000_000_000_000L;

  /** On hand, reserved, version. */
  private record Numbers(long onHand, long reserved, long version) {
    String text(String sku) {
      return " " + sku + "=" + onHand + "/" + reserved + "/" + version;
    }
  }

  private record Id(String scope, String name) {}

  private record Answered(CommandRequest request, String answer) {}

  private final Map<Id, Numbers> items = new HashMap<>();
  private final Map<Id, Map<String, Long>> pending = new HashMap<>();
  private final Map<Id, Answered> answered = new HashMap<>();

  /** The answer, as {@link AnswerText} would put it. */
  public String answer(CommandRequest request) {
    Id key = new Id(request.origin().principal(), request.idempotencyKey());
    Answered before = answered.get(key);
    if (before != null) {
      boolean same = before.request().command().equals(request.command());
      return same ? before.answer() : "KEY_REUSED";
    }
    String answer = decide(request.command());
    if (!request.idempotencyKey().isEmpty()) {
      answered.put(key, new Answered(request, answer));
    }
    return answer;
  }

  private String decide(Command command) {
    if (command instanceof Command.CreateItem c) {
      return create(new Id(c.item().store(), c.item().sku()), c.initialQuantity());
    }
    if (command instanceof Command.AdjustStock c) {
      return adjust(c);
    }
    if (command instanceof Command.ReserveStock c) {
      return reserve(c);
    }
    if (command instanceof Command.ConfirmReservation c) {
      Id id = new Id(c.reservation().store(), c.reservation().reservationId());
      return close(id, (n, q) -> new Numbers(n.onHand - q, n.reserved - q, n.version + 1));
    }
    if (command instanceof Command.ReleaseReservation c) {
      Id id = new Id(c.reservation().store(), c.reservation().reservationId());
      return close(id, (n, q) -> new Numbers(n.onHand, n.reserved - q, n.version + 1));
    }
    throw new AssertionError("the auditor does not know " + command);
  }

  private String create(Id id, long quantity) {
    if (items.containsKey(id)) {
      return "ITEM_EXISTS " + id.name;
    }
    return "ok" + set(id, new Numbers(quantity, 0, 1));
  }

  private String adjust(Command.AdjustStock c) {
    String sku = c.item().sku();
    Id id = new Id(c.item().store(), sku);
    Numbers now = items.get(id);
    if (now == null) {
      return "ITEM_NOT_FOUND " + sku;
    }
    if (c.expectedVersion() != 0 && c.expectedVersion() != now.version) {
      return "VERSION_CONFLICT " + sku + " " + c.expectedVersion() + " is " + now.version;
    }
    long free = now.onHand - now.reserved;
    long onHand = Math.addExact(now.onHand, c.delta());
    if (onHand < now.reserved) {
      return "INSUFFICIENT_STOCK " + sku + " " + Math.abs(c.delta()) + " of " + free;
    }
    if (onHand > MAX) {
      return "QUANTITY_LIMIT " + sku + " " + c.delta() + " of " + free;
    }
    return "ok" + set(id, new Numbers(onHand, now.reserved, now.version + 1));
  }

  private String reserve(Command.ReserveStock c) {
    Id reservation = new Id(c.store(), c.reservation().reservationId());
    if (pending.containsKey(reservation)) {
      return "RESERVATION_EXISTS " + reservation.name;
    }
    for (Command.ReserveLine line : c.lines()) {
      if (!items.containsKey(new Id(c.store(), line.sku()))) {
        return "ITEM_NOT_FOUND " + line.sku();
      }
    }
    for (Command.ReserveLine line : c.lines()) {
      long version = number(c.store(), line.sku()).version;
      if (line.expectedVersion() != 0 && line.expectedVersion() != version) {
        return "VERSION_CONFLICT " + line.sku() + " " + line.expectedVersion() + " is " + version;
      }
    }
    for (Command.ReserveLine line : c.lines()) {
      Numbers now = number(c.store(), line.sku());
      if (line.quantity() > now.onHand - now.reserved) {
        long free = now.onHand - now.reserved;
        return "INSUFFICIENT_STOCK " + line.sku() + " " + line.quantity() + " of " + free;
      }
    }
    return hold(reservation, c.lines());
  }

  private String hold(Id reservation, List<Command.ReserveLine> lines) {
    StringBuilder answer = new StringBuilder("ok");
    Map<String, Long> held = new LinkedHashMap<>();
    for (Command.ReserveLine line : lines) {
      Id id = new Id(reservation.scope, line.sku());
      Numbers now = number(id.scope, id.name);
      long reserved = now.reserved + line.quantity();
      answer.append(set(id, new Numbers(now.onHand, reserved, now.version + 1)));
      held.put(line.sku(), line.quantity());
    }
    pending.put(reservation, held);
    return answer.toString();
  }

  private String close(Id reservation, BiFunction<Numbers, Long, Numbers> change) {
    Map<String, Long> held = pending.remove(reservation);
    if (held == null) {
      return "RESERVATION_NOT_FOUND " + reservation.name;
    }
    StringBuilder answer = new StringBuilder("ok");
    held.forEach(
        (sku, quantity) -> {
          Id id = new Id(reservation.scope, sku);
          answer.append(set(id, change.apply(number(id.scope, sku), quantity)));
        });
    return answer.toString();
  }

  private Numbers number(String store, String sku) {
    Numbers found = items.get(new Id(store, sku));
    if (found == null) {
      throw new AssertionError("no item " + sku + " in " + store);
    }
    return found;
  }

  private String set(Id id, Numbers numbers) {
    items.put(id, numbers);
    return numbers.text(id.name);
  }

  /** The version of an item, 1 when there is none. */
  public long version(String store, String sku) {
    Numbers found = items.get(new Id(store, sku));
    return found == null ? 1 : found.version;
  }

  /** Everything there is, as {@link StateText} would put it. */
  public Map<String, String> state() {
    Map<String, String> state = new TreeMap<>();
    items.forEach((id, n) -> state.put("item " + id.scope + ":" + id.name, n.text(id.name)));
    pending.forEach((id, held) -> state.put("held " + id.scope + ":" + id.name, held.toString()));
    return state;
  }
}
