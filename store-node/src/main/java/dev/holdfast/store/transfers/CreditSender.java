package dev.holdfast.store.transfers;

import java.util.List;

/** Takes a batch to the leader of its destination's partition. */
public interface CreditSender {
  /** Never blocks. */
  void send(int destinationPartition, CreditBatch batch, Answer answer);

  /** Receives the outcome of a batch once, on any thread. */
  interface Answer {
    /**
     * The outcome of the first hand-overs, as far as they were taken: whether each was credited.
     */
    void answered(List<Boolean> credited);

    /** The outcome of none is known. */
    void failed(String why);
  }
}
