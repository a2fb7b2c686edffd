package dev.holdfast.cli.history;

import dev.holdfast.cli.ContractWords;
import dev.holdfast.cli.output.Column;
import dev.holdfast.cli.output.Moments;
import dev.holdfast.proto.inventory.v1.HistoryEntry;
import dev.holdfast.proto.inventory.v1.Movement;
import dev.holdfast.proto.inventory.v1.Refusal;
import dev.holdfast.proto.log.v1.EventKind;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of found history entries. Scripts rely on these names and their order. */
final class FoundColumns {
  static final List<Column<HistoryEntry>> ALL =
      List.of(
          new Column<>("partition", HistoryEntry::getPartition),
          either("sequence", Movement::getSequence, Refusal::getSequence),
          either(
              "time",
              movement -> Moments.text(movement.getTimeMillis()),
              refusal -> Moments.text(refusal.getTimeMillis())),
          either(
              "type",
              movement -> ContractWords.word(movement.getKind()),
              refusal -> ContractWords.word(EventKind.EVENT_KIND_COMMAND_REJECTED)),
          either("store", movement -> movement.getAfter().getStore(), Refusal::getStore),
          either("sku", movement -> movement.getAfter().getSku(), Refusal::getSku),
          either("on_hand_delta", Movement::getOnHandDelta, refusal -> null),
          either("reserved_delta", Movement::getReservedDelta, refusal -> null),
          either("on_hand", movement -> movement.getAfter().getOnHand(), refusal -> null),
          either("reserved", movement -> movement.getAfter().getReserved(), refusal -> null),
          either("reason", Movement::getReason, Refusal::getReason),
          either("requested", movement -> null, Refusal::getRequested),
          either("available", movement -> null, Refusal::getAvailable),
          either("held", movement -> null, Refusal::getHeld),
          either("reservation_id", Movement::getReservationId, Refusal::getReservationId),
          either("reference", Movement::getReference, Refusal::getReference),
          either("principal", Movement::getPrincipal, Refusal::getPrincipal),
          either("request_id", Movement::getRequestId, Refusal::getRequestId));

  private FoundColumns() {}

  private static Column<HistoryEntry> either(
      String name,
      Function<Movement, @Nullable Object> ofMovement,
      Function<Refusal, @Nullable Object> ofRefusal) {
    return new Column<>(
        name,
        entry ->
            entry.hasMovement()
                ? ofMovement.apply(entry.getMovement())
                : ofRefusal.apply(entry.getRefusal()));
  }
}
