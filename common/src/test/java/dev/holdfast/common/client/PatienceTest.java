package dev.holdfast.common.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PatienceTest {
  private static final int DRAWS = 200;
  private static final Failure UNAVAILABLE =
      Failure.of(Status.newBuilder().setCode(Code.UNAVAILABLE_VALUE).build());

  private final Calls.Patience patience = Calls.Patience.of(java.time.Duration.ofSeconds(15));

  private IntStream pauses(int triesDone, Failure failure) {
    return IntStream.range(0, DRAWS).map(draw -> (int) patience.pauseMillis(triesDone, failure));
  }

  /** 20 ms, doubled with every try up to 500 ms, and half of that more or less. */
  @Test
  void shouldPauseLongerWithEveryTry() {
    assertThat(pauses(1, UNAVAILABLE)).allMatch(millis -> millis >= 10 && millis <= 30);
    assertThat(pauses(2, UNAVAILABLE)).allMatch(millis -> millis >= 20 && millis <= 60);
    assertThat(pauses(4, UNAVAILABLE)).allMatch(millis -> millis >= 80 && millis <= 240);
    assertThat(pauses(50, UNAVAILABLE)).allMatch(millis -> millis >= 250 && millis <= 750);
  }

  /** Callers who were refused together must not come back together. */
  @Test
  void shouldNotPauseAsLongAsEverybodyElse() {
    assertThat(pauses(5, UNAVAILABLE).distinct().count()).isGreaterThan(20);
  }

  @Test
  void shouldPauseAsLongAsItIsToldBesides() {
    RetryInfo told =
        RetryInfo.newBuilder().setRetryDelay(Duration.newBuilder().setSeconds(2)).build();
    Failure busy =
        Failure.of(
            Status.newBuilder().setCode(Code.UNAVAILABLE_VALUE).addDetails(Any.pack(told)).build());

    assertThat(pauses(1, busy)).allMatch(millis -> millis >= 2_010 && millis <= 2_030);
  }

  @Test
  void shouldBeOverBeforeAPauseThatIsLongerThanWhatIsLeft() {
    long now = System.nanoTime();

    assertThat(patience.isOver(now, 14_000)).isFalse();
    assertThat(patience.isOver(now, 15_001)).isTrue();
    assertThat(patience.isOver(now - TimeUnit.SECONDS.toNanos(16), 0)).isTrue();
  }
}
