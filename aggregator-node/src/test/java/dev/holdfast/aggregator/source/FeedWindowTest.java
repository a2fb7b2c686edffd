package dev.holdfast.aggregator.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import org.junit.jupiter.api.Test;

class FeedWindowTest {
  private static final Object FIRST = new Object();
  private static final Object SECOND = new Object();

  /** A clock that the test turns. */
  private static final class ManualTicker extends Ticker {
    private long nanos;

    @Override
    public long read() {
      return nanos;
    }
  }

  private final ManualTicker ticker = new ManualTicker();
  private final FeedWindow window = new FeedWindow(new FeedWindow.Bounds(10, 4, 100), ticker);
  private int requested;

  private void open(Object subscription) {
    window.open(subscription, count -> requested += count);
  }

  private void receive(int messages, int bytesEach) {
    for (int i = 0; i < messages; i++) {
      assertThat(window.received(FIRST, bytesEach, true)).isTrue();
    }
  }

  @Test
  void shouldAskForAFewAtOnce() {
    open(FIRST);

    assertThat(requested).isEqualTo(4);
  }

  @Test
  void shouldAskForMoreWhileThereIsRoom() {
    open(FIRST);
    receive(3, 1);

    assertThat(requested).isEqualTo(7);
  }

  @Test
  void shouldStopAskingWhenMessagesWait() {
    open(FIRST);
    receive(10, 1);

    assertThat(requested).isEqualTo(10);
  }

  @Test
  void shouldStopAskingWhenBytesWait() {
    open(FIRST);
    receive(1, 100);

    assertThat(requested).isEqualTo(4);
  }

  @Test
  void shouldAskAgainWhenTheWriterIsDone() {
    open(FIRST);
    receive(1, 100);
    window.consumed(100);

    assertThat(requested).isEqualTo(5);
  }

  @Test
  void shouldCountWhatAnEarlierSubscriptionLeftWaiting() {
    open(FIRST);
    receive(8, 1);
    window.close(FIRST);
    requested = 0;
    open(SECOND);

    assertThat(requested).isEqualTo(2);
  }

  @Test
  void shouldNotTakeFromASubscriptionThatLostTheWindow() {
    open(FIRST);
    open(SECOND);

    assertThat(window.received(FIRST, 1, true)).isFalse();
  }

  @Test
  void shouldCountSilenceSinceTheLastSignOfLife() {
    open(FIRST);
    ticker.nanos = 5;
    receive(1, 1);
    ticker.nanos = 12;

    assertThat(window.silentNanos()).isEqualTo(7);
  }

  @Test
  void shouldNotCountAMessageThatShowsNoProgress() {
    open(FIRST);
    ticker.nanos = 5;
    window.received(FIRST, 0, false);

    assertThat(window.silentNanos()).isEqualTo(5);
  }

  @Test
  void shouldNotBlameAReplicaThatMayNotSpeak() {
    open(FIRST);
    receive(7, 25);
    ticker.nanos = 1000;

    assertThat(window.silentNanos()).isZero();

    window.consumed(100);
    ticker.nanos = 1010;

    assertThat(window.silentNanos()).isEqualTo(10);
  }

  @Test
  void shouldNotBlameAnyoneWhenClosed() {
    open(FIRST);
    window.close(FIRST);
    ticker.nanos = 1000;

    assertThat(window.silentNanos()).isZero();
  }
}
