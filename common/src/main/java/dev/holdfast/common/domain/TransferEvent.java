package dev.holdfast.common.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to transfers. Those of the source tell the transfer as it is afterwards, so the
 * fold needs no look at what it was.
 */
public sealed interface TransferEvent extends Event.OfTransfer {
  /** The transfer that it is about. */
  TransferKey transfer();

  /** An event in the partition of the source. */
  sealed interface OfSource extends TransferEvent {
    Transfer after();
  }

  /** Units left the source. */
  record TransferShipped(TransferKey transfer, Transfer after, List<LineChange> lines)
      implements OfSource {
    public TransferShipped {
      lines = List.copyOf(lines);
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
  }

  /** What was outstanding is on hand at the source again. */
  record TransferCancelled(TransferKey transfer, Transfer after, List<CreditedLine> lines)
      implements OfSource {
    public TransferCancelled {
      lines = List.copyOf(lines);
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
      implements OfSource {}

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
      Rejection rejection)
      implements TransferEvent {}
}
