package dev.holdfast.aggregator.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import dev.holdfast.aggregator.ingest.Defect;
import dev.holdfast.aggregator.ingest.Inbox;
import dev.holdfast.proto.feed.v1.SubscribeResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedSubscriptionTest {
  /** A clock that the test turns. */
  private static final class ManualTicker extends Ticker {
    private long nanos;

    @Override
    public long read() {
      return nanos;
    }
  }

  /** Hears nothing of interest. */
  private static final class Owner implements SubscriptionOwner {
    @Override
    public void opened(FeedSubscription subscription) {}

    @Override
    public void ended(FeedSubscription subscription, @Nullable Throwable cause) {}

    @Override
    public void refused(FeedSubscription subscription, Defect defect) {}
  }

  private final ManualTicker ticker = new ManualTicker();
  private final FeedWindow window = new FeedWindow(new FeedWindow.Bounds(100, 40, 100), ticker);
  private final FeedSubscription subscription =
      new FeedSubscription(0, window, new Inbox(100), new Owner());

  @BeforeEach
  void open() {
    window.open(subscription, count -> {});
    ticker.nanos += 1_000;
  }

  private void heartbeat(long head) {
    subscription.onNext(SubscribeResponse.newBuilder().setHeadSequence(head).build());
  }

  @Test
  void shouldTakeAHeartbeatOfWhatItHasForASignOfLife() {
    heartbeat(0);

    assertThat(window.silentNanos()).isZero();
  }

  /** It knows of events and does not send them: another replica may. */
  @Test
  void shouldTakeAReplicaForSilentThatTellsOfEventsAndSendsNone() {
    heartbeat(9);
    heartbeat(9);

    assertThat(window.silentNanos()).isEqualTo(1_000);
  }
}
