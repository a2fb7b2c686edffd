package dev.holdfast.store.testing;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.MovedLine;
import dev.holdfast.common.domain.TransferCommand;
import dev.holdfast.common.domain.TransferKey;
import java.util.Arrays;
import java.util.List;

/** Short ways to write commands of transfers, all between one source and one other partition. */
public final class TransferRequests {
  /** The partition of every destination, and, for credits, of every source. */
  public static final int OTHER_PARTITION = 3;

  private TransferRequests() {}

  public static TransferCommand.ShipTransfer ship(
      String store, String id, String destination, Command.ReserveLine... lines) {
    return new TransferCommand.ShipTransfer(
        new TransferKey(store, id), destination, OTHER_PARTITION, true, moved(lines));
  }

  /** All that is outstanding when no line is given. */
  public static TransferCommand.ReceiveTransfer receive(
      String store, String id, TransferCommand.ReceivedLine... lines) {
    return new TransferCommand.ReceiveTransfer(new TransferKey(store, id), Arrays.asList(lines));
  }

  public static TransferCommand.ReceivedLine received(String sku, long quantity, long lost) {
    return new TransferCommand.ReceivedLine(sku, quantity, lost);
  }

  public static TransferCommand.CancelTransfer cancel(String store, String id) {
    return new TransferCommand.CancelTransfer(new TransferKey(store, id));
  }

  public static Handover handover(
      String store, String id, String destination, Command.ReserveLine... lines) {
    return new Handover(new TransferKey(store, id), destination, moved(lines));
  }

  public static TransferCommand.CreditTransfer credit(long number, Handover handover) {
    return new TransferCommand.CreditTransfer(OTHER_PARTITION, number, number - 1, handover);
  }

  public static TransferCommand.SettleHandover settle(
      String store, String id, long number, boolean credited) {
    return new TransferCommand.SettleHandover(
        new TransferKey(store, id), new HandoverKey(OTHER_PARTITION, number), credited);
  }

  private static List<MovedLine> moved(Command.ReserveLine... lines) {
    return Arrays.stream(lines).map(line -> new MovedLine(line.sku(), line.quantity())).toList();
  }
}
