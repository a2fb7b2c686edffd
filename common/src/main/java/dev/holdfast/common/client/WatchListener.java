package dev.holdfast.common.client;

import dev.holdfast.proto.feed.v1.WatchedEvent;

/** Is told what a {@link WatchClient} sees, one thing after the other, on network threads. */
public interface WatchListener {
  /** Something happened. Whoever takes long over it slows this watch only. */
  void event(WatchedEvent event);

  /** The watch broke off; it goes on by itself, without leaving anything out. */
  void interrupted(HoldfastException why);
}
