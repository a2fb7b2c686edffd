package dev.holdfast.store.transfers;

import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.decide.state.TransferState;
import java.util.List;

/** The view of a partition that a driver needs to drive its hand-overs. */
interface DrivenPartition {
  int partition();

  boolean isLeading();

  /** The applied state. */
  TransferState transfers();

  /** Never blocks. */
  void submit(List<QueuedCommand> commands);
}
