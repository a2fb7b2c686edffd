package dev.holdfast.common.client;

import dev.holdfast.proto.feed.v1.WatchedEvent;

/** Receives the events of a {@link WatchClient}, one after the other, on network threads. */
public interface WatchListener {
  /** Handles an event. A slow listener slows this watch only. */
  void event(WatchedEvent event);

  /** Reports that the watch was interrupted; it continues by itself without losing events. */
  void interrupted(HoldfastException why);
}
