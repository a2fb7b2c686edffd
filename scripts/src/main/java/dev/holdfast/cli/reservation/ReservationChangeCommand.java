package dev.holdfast.cli.reservation;

import dev.holdfast.proto.inventory.v1.EarlierAnswer;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.StockLevel;
import java.util.List;
import picocli.CommandLine.Mixin;

/** A command that changes one reservation. */
abstract class ReservationChangeCommand extends ReservingCommand {
  @Mixin final ReservationArguments reservation = new ReservationArguments();

  final void print(EarlierAnswer earlier, List<StockLevel> after, Position position) {
    tell(earlier);
    print(reservation.id(), after, position);
  }
}
