package dev.holdfast.common.client;

import dev.holdfast.proto.log.v1.EventBatch;

/** Receives the batches of a {@link LogReader}, one after the other, on network threads. */
public interface LogListener {
  /** Handles a batch. A slow listener slows this reader only. */
  void batch(EventBatch batch);

  /** Reports that reading was interrupted; it continues by itself without losing batches. */
  void interrupted(HoldfastException why);
}
