package dev.holdfast.store.decide.state;

import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferKey;
import org.jspecify.annotations.Nullable;

/** Read access of a decision to transfers. Null means that there is no such record. */
public interface TransferState {
  /** An open transfer, or one that is closed and still remembered. */
  @Nullable Transfer transfer(TransferKey key);

  /** A hand-over that is not settled. */
  @Nullable Handover handover(HandoverKey key);

  OutboundChannel outbound(int destinationPartition);

  InboundChannel inbound(int sourcePartition);
}
