package dev.holdfast.aggregator.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.aggregator.invariant.UnprovenException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ProverWaitTest {
  private static final Duration SHORT = Duration.ofMillis(1);

  /** What comes at the moment at which it is given up. */
  private static final class JustInTime extends CompletableFuture<String> {
    @Override
    public boolean cancel(boolean interrupt) {
      complete("a cut, which holds storage");
      return super.cancel(interrupt);
    }
  }

  @Test
  void shouldGiveUpWhatDoesNotComeInTime() {
    CompletableFuture<String> never = new CompletableFuture<>();

    assertThatThrownBy(() -> ProverWait.await(never, SHORT)).isInstanceOf(UnprovenException.class);
    assertThat(never).isCancelled();
  }

  @Test
  void shouldHandOverWhatCameWhenItWasGivenUp() throws Exception {
    assertThat(ProverWait.await(new JustInTime(), SHORT)).isEqualTo("a cut, which holds storage");
  }

  @Test
  void shouldHandOverWhatCameWhenTheWaitIsInterrupted() throws Exception {
    Thread.currentThread().interrupt();

    assertThat(ProverWait.await(new JustInTime())).isEqualTo("a cut, which holds storage");
    assertThat(Thread.interrupted()).isTrue();
  }
}
