package dev.holdfast.store.api.reservation;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.ReserveMode;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.ExtendReservationRequest;
import dev.holdfast.proto.inventory.v1.HeldQuantity;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.ReplaceReservationRequest;
import dev.holdfast.proto.inventory.v1.ReservationLine;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.store.api.call.HoldLimits;
import dev.holdfast.store.api.call.MappingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests about reservations to commands. Adds up lines of the same SKU. */
final class ReservationMapper {
  private static final String ANOTHER_VERSION =
      "must be that of the earlier line of the same SKU, or of neither; was ";

  private final FieldRules rules;
  private final HoldLimits limits;
  private final MappingContext context;

  ReservationMapper(MappingContext context) {
    this.context = context;
    this.rules = context.rules();
    this.limits = context.limits();
  }

  Command.ReserveStock map(ReserveRequest request) {
    rules.id("store", request.getStore());
    rules.optionalReservationId("reservation_id", request.getReservationId());
    rules.holder("holder", request.getHolder());
    String id =
        request.getReservationId().isEmpty() ? MappingContext.newId() : request.getReservationId();
    Command.HoldTerms terms =
        new Command.HoldTerms(
            ttl(request.getTtlMillis()), limits.lifeMax().toMillis(), request.getHolder());
    return new Command.ReserveStock(
        new ReservationKey(request.getStore(), id),
        lines(request.getLinesList()),
        mode(request.getMode()),
        terms);
  }

  Command.ConfirmReservation map(ConfirmReservationRequest request) {
    return new Command.ConfirmReservation(
        key(request.getStore(), request.getReservationId()),
        quantities(request.getLinesList()),
        request.getKeepRest(),
        context.version(request.hasExpectedVersion(), request.getExpectedVersion()));
  }

  Command.ReleaseReservation map(ReleaseReservationRequest request) {
    return new Command.ReleaseReservation(
        key(request.getStore(), request.getReservationId()),
        quantities(request.getLinesList()),
        context.version(request.hasExpectedVersion(), request.getExpectedVersion()));
  }

  Command.ExtendReservation map(ExtendReservationRequest request) {
    return new Command.ExtendReservation(
        key(request.getStore(), request.getReservationId()),
        ttl(request.getTtlMillis()),
        context.version(request.hasExpectedVersion(), request.getExpectedVersion()));
  }

  Command.ReplaceReservation map(ReplaceReservationRequest request) {
    return new Command.ReplaceReservation(
        key(request.getStore(), request.getReservationId()),
        lines(request.getLinesList()),
        mode(request.getMode()),
        context.version(request.hasExpectedVersion(), request.getExpectedVersion()));
  }

  private ReservationKey key(String store, String id) {
    rules.id("store", store);
    rules.reservationId("reservation_id", id);
    return new ReservationKey(store, id);
  }

  private long ttl(long millis) {
    rules.ttl("ttl_millis", millis, limits.lifeMax().toMillis());
    return millis == 0 ? limits.ttl().toMillis() : millis;
  }

  private ReserveMode mode(dev.holdfast.proto.inventory.v1.ReserveMode mode) {
    return switch (mode) {
      case RESERVE_MODE_ALL_OR_NOTHING -> ReserveMode.ALL_OR_NOTHING;
      case RESERVE_MODE_UP_TO -> ReserveMode.UP_TO;
      case UNRECOGNIZED -> {
        rules.violate("mode", "must be one of " + List.of(ReserveMode.values()));
        yield ReserveMode.ALL_OR_NOTHING;
      }
    };
  }

  private List<Command.ReserveLine> lines(List<ReservationLine> protos) {
    rules.lineCount("lines", protos.size(), 1);
    Map<String, Command.ReserveLine> bySku = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(protos.size(), FieldRules.LINES_MAX); i++) {
      rules.enter("lines", i);
      Command.ReserveLine line = line(protos.get(i));
      Command.ReserveLine before = bySku.get(line.sku());
      bySku.put(line.sku(), before == null ? line : sum(before, line));
      rules.leave();
    }
    return new ArrayList<>(bySku.values());
  }

  private Command.ReserveLine line(ReservationLine line) {
    rules.id("sku", line.getSku());
    rules.lineQuantity("quantity", line.getQuantity());
    long version = context.version(line.hasExpectedVersion(), line.getExpectedVersion());
    return new Command.ReserveLine(line.getSku(), line.getQuantity(), version);
  }

  private Command.ReserveLine sum(Command.ReserveLine before, Command.ReserveLine more) {
    if (before.expectedVersion() != more.expectedVersion()) {
      rules.violate("expected_version", ANOTHER_VERSION + more.expectedVersion());
    }
    long quantity = before.quantity() + more.quantity();
    return new Command.ReserveLine(before.sku(), quantity, before.expectedVersion());
  }

  private List<HeldLine> quantities(List<HeldQuantity> protos) {
    if (protos.isEmpty()) {
      return List.of();
    }
    rules.lineCount("lines", protos.size(), 0);
    Map<String, Long> bySku = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(protos.size(), FieldRules.LINES_MAX); i++) {
      HeldQuantity line = protos.get(i);
      rules.enter("lines", i);
      rules.id("sku", line.getSku());
      rules.lineQuantity("quantity", line.getQuantity());
      rules.leave();
      bySku.merge(line.getSku(), line.getQuantity(), Long::sum);
    }
    return bySku.entrySet().stream()
        .map(line -> new HeldLine(line.getKey(), line.getValue()))
        .toList();
  }
}
