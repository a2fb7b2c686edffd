package dev.holdfast.store.transfers;

import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.decide.state.TransferState;
import java.util.List;

/** What a driver needs to know of the partition whose hand-overs it drives. */
interface DrivenPartition {
  int partition();

  boolean isLeading();

  /** The applied state. */
  TransferState transfers();

  /** Never blocks. */
  void submit(List<QueuedCommand> commands);
}
