package dev.holdfast.store.testing;

import dev.holdfast.common.domain.CreditedLine;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.MovedLine;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferEvent;
import java.util.List;

/** Events and state of transfers in the words of the {@code TransferAuditor}. */
final class TransferText {
  private TransferText() {}

  static String of(TransferEvent event) {
    if (event instanceof TransferEvent.TransferShipped e) {
      return AnswerText.lines(e.lines()) + of(e.after());
    }
    if (event instanceof TransferEvent.TransferHandedOver e) {
      TransferEvent.TransferHandedOver.Sent sent = e.handover();
      String handover = sent == null ? "" : " #" + sent.channel().last() + units(sent.lines());
      return AnswerText.lines(e.lost()) + of(e.after()) + handover;
    }
    if (event instanceof TransferEvent.TransferCancelled e) {
      return "ok" + credited(e.lines()) + of(e.after());
    }
    if (event instanceof TransferEvent.HandoverSettled e) {
      return "ok" + of(e.after()) + " settled #" + e.channel().settled() + " " + e.credited();
    }
    if (event instanceof TransferEvent.TransferCredited e) {
      return "credited" + credited(e.lines());
    }
    if (event instanceof TransferEvent.TransferCreditRefused) {
      return "credit refused";
    }
    throw new AssertionError("no answer is " + event);
  }

  private static String credited(List<CreditedLine> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(AnswerText.level(line.sku(), line.after())));
    return text.toString();
  }

  private static String units(List<MovedLine> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(" ").append(line.sku()).append("*").append(line.quantity()));
    return text.toString();
  }

  /** Shipped, received, lost, cancelled, arriving. */
  static String of(Transfer transfer) {
    StringBuilder text = new StringBuilder(" to ").append(transfer.destination());
    transfer
        .lines()
        .forEach(
            n ->
                text.append(
                    " %s:%d-%d-%d-%d-%d"
                        .formatted(
                            n.sku(),
                            n.shipped(),
                            n.received(),
                            n.lost(),
                            n.cancelled(),
                            n.arriving())));
    return text.append(" v")
        .append(transfer.version())
        .append(transfer.isOpen() ? "" : " closed")
        .toString();
  }

  static String of(OutboundChannel channel) {
    return channel.settled() + " of " + channel.last() + ", " + channel.receivedUnits() + " units";
  }

  static String of(InboundChannel channel) {
    return channel.last() + " but " + channel.refused() + ", " + channel.creditedUnits() + " units";
  }
}
