// Over 250 lines: one concept
package dev.holdfast.cli.drill.model;

import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.ConfirmReservationResponse;
import dev.holdfast.proto.inventory.v1.ExtendReservationRequest;
import dev.holdfast.proto.inventory.v1.ExtendReservationResponse;
import dev.holdfast.proto.inventory.v1.HeldQuantity;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.ReleaseReservationResponse;
import dev.holdfast.proto.inventory.v1.ReplaceReservationRequest;
import dev.holdfast.proto.inventory.v1.ReplaceReservationResponse;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.ReserveResponse;
import dev.holdfast.proto.inventory.v1.StockLevel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reservations, from the first hold to the sale, the release or the expiry. */
final class Reservations {
  private final Stocks stocks;
  private final Settings settings;
  private final Table<Id, Held> known;

  Reservations(Stocks stocks, Settings settings, Undo undo) {
    this.stocks = stocks;
    this.settings = settings;
    this.known = new Table<>(undo);
  }

  ReserveResponse reserve(ReserveRequest request, Moment now) throws Refused {
    Id id = new Id(request.getStore(), request.getReservationId());
    Held before = known.get(id);
    if (before != null) {
      throw Refused.reservation("RESERVATION_EXISTS", id)
          .with("state", before.stateAt(now.millis()).text());
    }
    Wanted wanted =
        new Wanted(stocks, id.store(), request.getMode(), Map.of(), request.getLinesList());
    wanted.checkExistence();
    wanted.checkFrozen();
    wanted.checkVersions();
    wanted.checkQuantities();
    Map<String, Long> granted = wanted.granted();
    long expires = now.millis() + ttl(request.getTtlMillis());
    Held.Life life =
        new Held.Life(
            now.millis(), expires, now.millis() + settings.reservationLifeMax().toMillis());
    Held.Purpose purpose = new Held.Purpose(request.getHolder(), request.getReference());
    known.put(id, Held.opened(positive(granted), purpose, life));
    return ReserveResponse.newBuilder()
        .setReservationId(id.name())
        .addAllStock(hold(id, granted))
        .setExpiresMillis(expires)
        .addAllShortfalls(wanted.shortfalls(granted))
        .build();
  }

  ConfirmReservationResponse confirm(ConfirmReservationRequest request, Moment now) throws Refused {
    Id id = new Id(request.getStore(), request.getReservationId());
    Held held = open(id, now);
    Map<String, Long> sold = asked(held, request.getLinesList());
    for (String sku : held.lines().keySet()) {
      if (sold.containsKey(sku)) {
        Item item = new Item(id.store(), sku);
        Stocks.checkNotFrozen(item, stocks.existing(item));
      }
    }
    checkVersion(id, held, request.getExpectedVersion());
    checkHeld(id, held, sold);
    List<StockLevel> levels = new ArrayList<>();
    Map<String, Long> kept = new LinkedHashMap<>();
    for (Map.Entry<String, Long> line : held.lines().entrySet()) {
      long units = sold.getOrDefault(line.getKey(), 0L);
      long gone = request.getKeepRest() ? units : line.getValue();
      if (gone > 0) {
        levels.add(change(id, line.getKey(), -units, -gone));
      }
      kept.put(line.getKey(), line.getValue() - gone);
    }
    Held after = held.with(positive(kept), Held.State.CONFIRMED);
    known.put(id, after);
    return ConfirmReservationResponse.newBuilder()
        .addAllStock(levels)
        .setReservationVersion(after.version())
        .build();
  }

  ReleaseReservationResponse release(ReleaseReservationRequest request, Moment now) throws Refused {
    Id id = new Id(request.getStore(), request.getReservationId());
    Held held = open(id, now);
    Map<String, Long> released = asked(held, request.getLinesList());
    checkVersion(id, held, request.getExpectedVersion());
    checkHeld(id, held, released);
    List<StockLevel> levels = giveBack(id, held, released, Held.State.RELEASED);
    return ReleaseReservationResponse.newBuilder()
        .addAllStock(levels)
        .setReservationVersion(known.getOrDefault(id, held).version())
        .build();
  }

  ExtendReservationResponse extend(ExtendReservationRequest request, Moment now) throws Refused {
    Id id = new Id(request.getStore(), request.getReservationId());
    Held held = open(id, now);
    checkVersion(id, held, request.getExpectedVersion());
    long asked = now.millis() + ttl(request.getTtlMillis());
    if (asked > held.life().endsMillis()) {
      throw Refused.reservation("LIFETIME_LIMIT", id)
          .with("life_ends_millis", held.life().endsMillis());
    }
    Held after = held.until(Math.max(held.life().expiresMillis(), asked));
    known.put(id, after);
    return ExtendReservationResponse.newBuilder()
        .setReservationVersion(after.version())
        .setExpiresMillis(after.life().expiresMillis())
        .build();
  }

  ReplaceReservationResponse replace(ReplaceReservationRequest request, Moment now) throws Refused {
    Id id = new Id(request.getStore(), request.getReservationId());
    Held held = open(id, now);
    Wanted wanted =
        new Wanted(stocks, id.store(), request.getMode(), held.lines(), request.getLinesList());
    wanted.checkExistence();
    wanted.checkFrozen();
    checkVersion(id, held, request.getExpectedVersion());
    wanted.checkVersions();
    wanted.checkQuantities();
    Map<String, Long> granted = wanted.granted();
    Map<String, Long> more = new LinkedHashMap<>(granted);
    more.replaceAll((sku, units) -> units - held.units(sku));
    held.lines().forEach((sku, units) -> more.putIfAbsent(sku, -units));
    Held after = held.with(positive(granted), Held.State.OPEN);
    known.put(id, after);
    return ReplaceReservationResponse.newBuilder()
        .addAllStock(hold(id, more))
        .setReservationVersion(after.version())
        .addAllShortfalls(wanted.shortfalls(granted))
        .build();
  }

  /** Closes a reservation; false when it is not open or its time is not over. */
  boolean expire(Id id, Moment now) throws Refused {
    Held held = known.get(id);
    if (held == null
        || held.state() != Held.State.OPEN
        || held.stateAt(now.millis()) != Held.State.EXPIRED) {
      return false;
    }
    giveBack(id, held, held.lines(), Held.State.EXPIRED);
    return true;
  }

  /** Ends the life of an open reservation at a time, without a change of it. */
  boolean lapse(Id id, Moment now) {
    Held held = known.get(id);
    if (held == null || held.stateAt(now.millis()) != Held.State.OPEN) {
      return false;
    }
    Held.Life life = held.life().until(now.millis());
    known.put(id, new Held(held.state(), held.version(), held.lines(), held.purpose(), life));
    return true;
  }

  @Nullable Held find(Id id) {
    return known.get(id);
  }

  Map<String, Long> expiries(String store) {
    Map<String, Long> expiries = new TreeMap<>();
    known.forEach(
        (id, held) -> {
          if (id.store().equals(store) && held.state() == Held.State.OPEN) {
            expiries.put(id.name(), held.life().expiresMillis());
          }
        });
    return expiries;
  }

  void addTo(State state) {
    state.add(known.copy());
  }

  private Held open(Id id, Moment now) throws Refused {
    Held held = known.get(id);
    if (held == null) {
      throw Refused.reservation("NOT_FOUND", id);
    }
    return switch (held.stateAt(now.millis())) {
      case OPEN -> held;
      case EXPIRED -> throw Refused.reservation("RESERVATION_EXPIRED", id);
      case CONFIRMED, RELEASED ->
          throw Refused.reservation("RESERVATION_CLOSED", id).with("state", held.state().text());
    };
  }

  private static void checkVersion(Id id, Held held, long expected) throws Refused {
    if (expected != 0 && expected != held.version()) {
      throw Refused.reservation("VERSION_CONFLICT", id)
          .with("expected_version", expected)
          .with("actual_version", held.version());
    }
  }

  /** First the held lines in their order, then the others. */
  private static void checkHeld(Id id, Held held, Map<String, Long> asked) throws Refused {
    Map<String, Long> inOrder = new LinkedHashMap<>(held.lines());
    inOrder.putAll(asked);
    for (String sku : inOrder.keySet()) {
      long units = asked.getOrDefault(sku, 0L);
      if (units > held.units(sku)) {
        throw Refused.reservation("NOT_HELD", id)
            .with("sku", sku)
            .with("requested", units)
            .with("held", held.units(sku));
      }
    }
  }

  /** Units by SKU that a command is about: without lines, all that is held. */
  private static Map<String, Long> asked(Held held, List<HeldQuantity> lines) {
    if (lines.isEmpty()) {
      return held.lines();
    }
    Map<String, Long> asked = new LinkedHashMap<>();
    lines.forEach(line -> asked.merge(line.getSku(), line.getQuantity(), Long::sum));
    return asked;
  }

  private List<StockLevel> giveBack(Id id, Held held, Map<String, Long> units, Held.State closed)
      throws Refused {
    List<StockLevel> levels = new ArrayList<>();
    Map<String, Long> kept = new LinkedHashMap<>();
    for (Map.Entry<String, Long> line : held.lines().entrySet()) {
      long back = units.getOrDefault(line.getKey(), 0L);
      if (back > 0) {
        levels.add(change(id, line.getKey(), 0, -back));
      }
      kept.put(line.getKey(), line.getValue() - back);
    }
    known.put(id, held.with(positive(kept), closed));
    return levels;
  }

  private List<StockLevel> hold(Id id, Map<String, Long> more) throws Refused {
    List<StockLevel> levels = new ArrayList<>();
    for (Map.Entry<String, Long> line : more.entrySet()) {
      if (line.getValue() != 0) {
        levels.add(change(id, line.getKey(), 0, line.getValue()));
      }
    }
    return levels;
  }

  private StockLevel change(Id id, String sku, long onHand, long reserved) throws Refused {
    Item item = new Item(id.store(), sku);
    return stocks.put(item, stocks.existing(item).plus(onHand, reserved));
  }

  private static Map<String, Long> positive(Map<String, Long> units) {
    Map<String, Long> positive = new LinkedHashMap<>(units);
    positive.values().removeIf(each -> each == 0);
    return positive;
  }

  private long ttl(long millis) {
    return millis == 0 ? settings.reservationTtl().toMillis() : millis;
  }
}
