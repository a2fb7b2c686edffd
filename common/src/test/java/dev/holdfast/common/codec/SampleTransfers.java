package dev.holdfast.common.codec;

import dev.holdfast.common.domain.CreditedLine;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.MovedLine;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferEvent;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.common.domain.TransferLine;
import java.util.List;

/** The samples of {@link SampleEvents} that are about transfers. */
final class SampleTransfers {
  private static final TransferKey KEY = new TransferKey("Zürich", "t-17");
  private static final Transfer AFTER =
      new Transfer(
          "Öslo",
          2,
          List.of(new TransferLine("sku-1", 9, 1, 2, 3, 1), TransferLine.shipped("ключ", 4)),
          new Transfer.Opening(1_700_000_000_000L, "alice", "order 66"),
          5,
          1_234);
  private static final StockLevel SOURCE =
      new StockLevel(33, 5, 300, 13, 2, StockLevel.State.ACTIVE);

  private SampleTransfers() {}

  static List<Event> all() {
    return List.of(
        new TransferEvent.TransferShipped(KEY, AFTER, lines(9)),
        new TransferEvent.TransferHandedOver(
            KEY,
            AFTER,
            new TransferEvent.TransferHandedOver.Sent(
                new OutboundChannel(17, 15, 400), List.of(new MovedLine("sku-1", 1))),
            lines(2)),
        new TransferEvent.TransferCancelled(
            KEY, AFTER, List.of(new CreditedLine("sku-1", 3, SOURCE, false))),
        new TransferEvent.HandoverSettled(KEY, AFTER, new OutboundChannel(17, 16, 401), true),
        new TransferEvent.TransferCredited(
            KEY,
            1,
            new InboundChannel(16, List.of(12L, 13L), 401),
            "Öslo",
            List.of(
                new CreditedLine(
                    "sku-1", 1, new StockLevel(8, 2, 7, -3, 4, StockLevel.State.FROZEN), false),
                new CreditedLine(
                    "ключ", 2, new StockLevel(2, 0, 9, -2, 0, StockLevel.State.ACTIVE), true))),
        new TransferEvent.TransferCreditRefused(
            KEY,
            1,
            new InboundChannel(17, List.of(17L), 401),
            "Öslo",
            new Rejection.QuantityLimit("sku-1", 3, StockLevel.QUANTITY_MAX)));
  }

  private static List<LineChange> lines(long quantity) {
    return List.of(new LineChange("sku-1", quantity, SOURCE));
  }
}
