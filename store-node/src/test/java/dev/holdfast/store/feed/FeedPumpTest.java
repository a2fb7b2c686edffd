package dev.holdfast.store.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One reader that fails is sent away; all others are served on. */
final class FeedPumpTest {
  private final FeedPump pump = new FeedPump("feed-test");
  private final Reader before = new Reader();
  private final Reader behind = new Reader();

  @AfterEach
  void close() {
    pump.close();
  }

  private static class Reader implements Outlet {
    final AtomicInteger pumps = new AtomicInteger();
    final AtomicInteger beats = new AtomicInteger();
    final AtomicInteger failures = new AtomicInteger();
    final AtomicInteger closes = new AtomicInteger();

    @Override
    public boolean isOver() {
      return false;
    }

    @Override
    public boolean pump() {
      pumps.incrementAndGet();
      return false;
    }

    @Override
    public void heartbeat() {
      beats.incrementAndGet();
    }

    @Override
    public void failed() {
      failures.incrementAndGet();
    }

    @Override
    public void close() {
      closes.incrementAndGet();
    }
  }

  private void addAround(Reader bad) {
    pump.add(before);
    pump.add(bad);
    pump.add(behind);
  }

  private void assertOthersAreServed(Reader bad) {
    await().until(() -> bad.failures.get() == 1);
    int pumpsSoFar = behind.pumps.get();
    int beatsSoFar = Math.max(before.beats.get(), behind.beats.get());
    pump.wake();
    await().until(() -> behind.pumps.get() > pumpsSoFar);
    await()
        .untilAsserted(
            () -> {
              assertThat(before.beats.get()).isGreaterThan(beatsSoFar + 1);
              assertThat(behind.beats.get()).isGreaterThan(beatsSoFar + 1);
            });
    assertThat(bad.failures).hasValue(1);
    assertThat(before.failures).hasValue(0);
  }

  @Test
  void shouldServeTheOthersWhenOneCannotBePumped() {
    Reader bad =
        new Reader() {
          @Override
          public boolean pump() {
            throw new IllegalStateException("call is closed");
          }
        };
    addAround(bad);

    assertOthersAreServed(bad);
  }

  @Test
  void shouldGoOnWithHeartbeatsWhenOneFails() {
    Reader bad =
        new Reader() {
          @Override
          public void heartbeat() {
            throw new AssertionError("no such thing");
          }
        };
    addAround(bad);

    assertOthersAreServed(bad);
  }

  @Test
  void shouldEndAllWhenOneCannotBeEnded() {
    Reader bad =
        new Reader() {
          @Override
          public void close() {
            throw new IllegalStateException("call is closed");
          }
        };
    addAround(bad);
    await().until(() -> behind.pumps.get() > 0);

    pump.close();

    assertThat(before.closes).hasValue(1);
    assertThat(behind.closes).hasValue(1);
  }

  @Test
  void shouldSendOneAwayOfWhichEvenTheEndFails() {
    Reader bad =
        new Reader() {
          @Override
          public boolean pump() {
            throw new IllegalStateException("call is closed");
          }

          @Override
          public void failed() {
            super.failed();
            throw new IllegalStateException("call is closed");
          }
        };
    addAround(bad);

    assertOthersAreServed(bad);
  }
}
