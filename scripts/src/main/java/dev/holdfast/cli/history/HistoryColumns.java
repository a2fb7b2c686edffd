package dev.holdfast.cli.history;

import dev.holdfast.cli.ContractWords;
import dev.holdfast.cli.output.Column;
import dev.holdfast.cli.output.Moments;
import dev.holdfast.proto.inventory.v1.Movement;
import dev.holdfast.proto.inventory.v1.StockLevel;
import java.util.ArrayList;
import java.util.List;

/** The columns of movements. Scripts rely on these names and their order. */
public final class HistoryColumns {
  public static final List<Column<Movement>> MOVEMENT =
      List.of(
          new Column<>("sequence", Movement::getSequence),
          new Column<>("time", movement -> Moments.text(movement.getTimeMillis())),
          new Column<>("type", movement -> ContractWords.word(movement.getKind())),
          new Column<>("on_hand_delta", Movement::getOnHandDelta),
          new Column<>("reserved_delta", Movement::getReservedDelta),
          new Column<>("on_hand", movement -> movement.getAfter().getOnHand()),
          new Column<>("reserved", movement -> movement.getAfter().getReserved()),
          new Column<>("version", movement -> movement.getAfter().getVersion()),
          new Column<>("reason", Movement::getReason),
          new Column<>("reservation_id", Movement::getReservationId),
          new Column<>("reference", Movement::getReference),
          new Column<>("principal", Movement::getPrincipal),
          new Column<>("request_id", Movement::getRequestId),
          new Column<>("terms", HistoryColumns::terms));

  private HistoryColumns() {}

  /** Changes of an item besides its units; empty when there are none. */
  private static String terms(Movement movement) {
    StockLevel before = movement.getBefore();
    StockLevel after = movement.getAfter();
    List<String> changes = new ArrayList<>();
    if (movement.hasBefore() && before.getSafetyStock() != after.getSafetyStock()) {
      changes.add(
          "safety stock %d -> %d".formatted(before.getSafetyStock(), after.getSafetyStock()));
    }
    if (movement.hasBefore() && before.getFrozen() != after.getFrozen()) {
      changes.add(after.getFrozen() ? "frozen" : "not frozen any more");
    }
    return String.join(", ", changes);
  }
}
