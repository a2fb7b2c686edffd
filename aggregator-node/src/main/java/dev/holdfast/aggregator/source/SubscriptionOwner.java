package dev.holdfast.aggregator.source;

import dev.holdfast.aggregator.ingest.FeedDefect;
import org.jspecify.annotations.Nullable;

/**
 * Owns a subscription: hears of its start, its end and its defects. Called by any thread; must not
 * wait.
 */
interface SubscriptionOwner {
  /** The first message came in. */
  void opened(FeedSubscription subscription);

  /** No more messages will come; null when the replica ended it without an error. */
  void ended(FeedSubscription subscription, @Nullable Throwable cause);

  /** It sent what cannot be applied. */
  void refused(FeedSubscription subscription, FeedDefect defect);
}
