package dev.holdfast.common.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FailPointsTest {
  private final List<FailPoint> heard = new ArrayList<>();

  @Test
  void shouldTellTheScriptOfAThreadOnlyWhatThatThreadReaches() throws InterruptedException {
    assumeThat(FailPoints.ON).isTrue();
    Thread other = new Thread(FailPoint.VIEW_WRITE::reach);

    FailPoint.FEED_SEND.reach();
    FailPoints.scripted(
        heard::add,
        () -> {
          FailPoint.STATE_WRITE.reach();
          other.start();
          FailPoint.LOG_APPEND.reach();
        });
    other.join();
    FailPoint.FEED_SEND.reach();

    assertThat(heard).containsExactly(FailPoint.STATE_WRITE, FailPoint.LOG_APPEND);
  }

  @Test
  void shouldRefuseAScriptThatWouldHearOfNothing() {
    assumeThat(FailPoints.ON).isFalse();

    assertThatIllegalStateException()
        .isThrownBy(() -> FailPoints.scripted(heard::add, FailPoint.STATE_WRITE::reach));
  }
}
