package dev.holdfast.cli.reservation;

import dev.holdfast.cli.FencingTokens;
import dev.holdfast.cli.MutationOptions;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.cli.SkuUnits;
import dev.holdfast.cli.stock.ChangedItem;
import dev.holdfast.proto.inventory.v1.HeldQuantity;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.ReservationLine;
import dev.holdfast.proto.inventory.v1.Shortfall;
import dev.holdfast.proto.inventory.v1.StockLevel;
import java.util.List;
import picocli.CommandLine.Mixin;

/** A command that makes a reservation or changes one. */
abstract class ReservingCommand extends RemoteCommand implements Runnable {
  @Mixin final MutationOptions mutation = new MutationOptions();
  @Mixin final FencingTokens fencing = new FencingTokens();

  /** Prints the items whose units the reservation moved. */
  final void print(String reservationId, List<StockLevel> after, Position position) {
    output.print(
        ChangedItem.RESERVATION_COLUMNS,
        after.stream().map(level -> new ChangedItem(reservationId, level, position)).toList());
  }

  /** Lists on standard error the lines that were granted fewer units than requested. */
  final void tell(List<Shortfall> shortfalls) {
    for (Shortfall line : shortfalls) {
      err().printf("%s: %d of %d%n", line.getSku(), line.getGranted(), line.getRequested());
    }
  }

  static List<ReservationLine> lines(List<String> texts) {
    return texts.stream()
        .map(SkuUnits::parse)
        .map(
            line ->
                ReservationLine.newBuilder().setSku(line.sku()).setQuantity(line.units()).build())
        .toList();
  }

  static List<HeldQuantity> quantities(List<String> texts) {
    return texts.stream()
        .map(SkuUnits::parse)
        .map(line -> HeldQuantity.newBuilder().setSku(line.sku()).setQuantity(line.units()).build())
        .toList();
  }
}
