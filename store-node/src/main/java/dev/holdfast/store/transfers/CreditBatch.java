package dev.holdfast.store.transfers;

import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.store.decide.state.TransferState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hand-overs of one channel that are sent together, numbered without gap.
 *
 * @param firstNumber of the first: all before it are settled at the source
 */
public record CreditBatch(int sourcePartition, long firstNumber, List<Handover> handovers) {
  /** Hand-overs of a batch. */
  public static final int HANDOVERS_MAX = 100;

  /** A batch is full with so many lines: a message of some hundred kilobytes. */
  private static final int LINES_FULL = 4_000;

  public CreditBatch {
    handovers = List.copyOf(handovers);
  }

  /** The oldest that are not settled; null when there are none. */
  static @Nullable CreditBatch next(
      TransferState transfers, int sourcePartition, int destinationPartition) {
    OutboundChannel channel = transfers.outbound(destinationPartition);
    List<Handover> handovers = new ArrayList<>();
    long first = channel.settled() + 1;
    int lines = 0;
    for (long number = first;
        number <= channel.last() && handovers.size() < HANDOVERS_MAX && lines < LINES_FULL;
        number++) {
      Handover handover = transfers.handover(new HandoverKey(destinationPartition, number));
      if (handover == null) {
        break; // settled since the channel was read
      }
      handovers.add(handover);
      lines += handover.lines().size();
    }
    return handovers.isEmpty() ? null : new CreditBatch(sourcePartition, first, handovers);
  }
}
