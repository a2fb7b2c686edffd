package dev.holdfast.common.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event about a transfer. Events of the source carry the transfer as it is afterwards, so the
 * fold does not need the one before.
 */
public sealed interface TransferEvent extends Event {
  /** The transfer that it is about. */
  TransferKey transfer();

  /** An event in the partition of the source. */
  sealed interface OfSource extends TransferEvent {
    Transfer after();

    @Override
    default EventFacts facts() {
      return new EventFacts(kind(), transfer().store(), "", transfer().transferId(), "");
    }

    /** Besides its own lines it holds those of the transfer. */
    @Override
    default int lineCount() {
      return 2 * after().lines().size();
    }
  }

  /** Units left the source. */
  record TransferShipped(TransferKey transfer, Transfer after, List<LineChange> lines)
      implements OfSource {
    public TransferShipped {
      lines = List.copyOf(lines);
    }

    @Override
    public EventKind kind() {
      return EventKind.TRANSFER_SHIPPED;
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      changes.transfers().putTransfer(transfer, after);
      TransferFold.putLines(transfer.store(), lines, -1, 1, changes);
    }
  }

  /**
   * Units are on their way into the stock of the destination, and others are known to be lost.
   *
   * @param handover null when all were lost
   * @param lost the source's levels, of which what was lost is no longer net shipped
   */
  record TransferHandedOver(
      TransferKey transfer, Transfer after, @Nullable Sent handover, List<LineChange> lost)
      implements OfSource {
    public TransferHandedOver {
      lost = List.copyOf(lost);
    }

    /**
     * What is handed over.
     *
     * @param channel as it is afterwards; its last number is that of the hand-over
     */
    public record Sent(OutboundChannel channel, List<MovedLine> lines) {
      public Sent {
        lines = List.copyOf(lines);
      }
    }

    @Override
    public EventKind kind() {
      return EventKind.TRANSFER_HANDED_OVER;
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      changes.transfers().putTransfer(transfer, after);
      TransferFold.putLines(transfer.store(), lost, 0, -1, changes);
      if (handover != null) {
        TransferFold.putHandover(transfer, after, handover, changes.transfers());
      }
    }
  }

  /** What was outstanding is on hand at the source again. */
  record TransferCancelled(TransferKey transfer, Transfer after, List<CreditedLine> lines)
      implements OfSource {
    public TransferCancelled {
      lines = List.copyOf(lines);
    }

    @Override
    public EventKind kind() {
      return EventKind.TRANSFER_CANCELLED;
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      changes.transfers().putTransfer(transfer, after);
      TransferFold.putArrived(transfer.store(), lines, changes);
    }
  }

  /**
   * The destination answered a hand-over.
   *
   * @param channel as it is afterwards; its settled number is that of the hand-over
   * @param credited whether the destination has the units; they are outstanding again otherwise
   */
  record HandoverSettled(
      TransferKey transfer, Transfer after, OutboundChannel channel, boolean credited)
      implements OfSource {
    @Override
    public EventKind kind() {
      return EventKind.HANDOVER_SETTLED;
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      int partition = after.destinationPartition();
      changes.transfers().putTransfer(transfer, after);
      changes.transfers().putOutbound(partition, channel);
      changes.transfers().removeHandover(new HandoverKey(partition, channel.settled()));
    }
  }

  /**
   * Units of a hand-over are on hand at the destination.
   *
   * @param channel as it is afterwards; its last number is that of the hand-over
   */
  record TransferCredited(
      TransferKey transfer,
      int sourcePartition,
      InboundChannel channel,
      String destination,
      List<CreditedLine> lines)
      implements TransferEvent {
    public TransferCredited {
      lines = List.copyOf(lines);
    }

    @Override
    public EventKind kind() {
      return EventKind.TRANSFER_CREDITED;
    }

    @Override
    public EventFacts facts() {
      return new EventFacts(kind(), destination, "", transfer.transferId(), "");
    }

    @Override
    public int lineCount() {
      return lines.size();
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      TransferFold.putArrived(destination, lines, changes);
      changes.transfers().putInbound(sourcePartition, channel);
    }
  }

  /**
   * The destination cannot take a hand-over.
   *
   * @param channel as it is afterwards; its last number is that of the hand-over
   */
  record TransferCreditRefused(
      TransferKey transfer,
      int sourcePartition,
      InboundChannel channel,
      String destination,
      Rejection.QuantityLimit rejection)
      implements TransferEvent {
    @Override
    public EventKind kind() {
      return EventKind.TRANSFER_CREDIT_REFUSED;
    }

    @Override
    public EventFacts facts() {
      String reason = rejection.code().name();
      return new EventFacts(kind(), destination, rejection.sku(), transfer.transferId(), reason);
    }

    @Override
    public int lineCount() {
      return 1;
    }

    @Override
    public void foldInto(StateChanges changes, RecordedEvent recorded, long timeMillis) {
      changes.transfers().putInbound(sourcePartition, channel);
    }
  }
}
