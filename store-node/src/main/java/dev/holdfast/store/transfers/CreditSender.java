package dev.holdfast.store.transfers;

import java.util.List;

/** Takes a batch to the leader of its destination's partition. */
public interface CreditSender {
  /** Never blocks. */
  void send(int destinationPartition, CreditBatch batch, Answer answer);

  /** Hears once what became of a batch, on any thread. */
  interface Answer {
    /** For the first hand-overs, as far as they were taken: whether each was credited. */
    void answered(List<Boolean> credited);

    /** Nothing is known of any. */
    void failed(String why);
  }
}
