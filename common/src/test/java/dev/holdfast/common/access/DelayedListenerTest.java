package dev.holdfast.common.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ServerCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class DelayedListenerTest {
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final DelayedListener<String> delayed = new DelayedListener<>();
  private final ServerCall.Listener<String> begun =
      new ServerCall.Listener<>() {
        @Override
        public void onMessage(String message) {
          told.add(message);
        }

        @Override
        public void onHalfClose() {
          told.add("half-close");
        }

        @Override
        public void onCancel() {
          told.add("cancel");
        }

        @Override
        public void onComplete() {
          told.add("complete");
        }

        @Override
        public void onReady() {
          told.add("ready");
        }
      };

  @Test
  void shouldTellWhatWasHeldBackAndThenAllElse() {
    delayed.onReady();
    delayed.onMessage("a");
    assertThat(told).isEmpty();

    delayed.begin(begun);
    delayed.onHalfClose();
    delayed.onComplete();
    delayed.onCancel();

    assertThat(told).containsExactly("ready", "a", "half-close", "complete", "cancel");
  }

  @RepeatedTest(20)
  void shouldKeepTheOrderWhileItBegins() throws Exception {
    Thread transport =
        new Thread(() -> IntStream.range(0, 1_000).forEach(i -> delayed.onMessage("" + i)));
    transport.start();
    delayed.begin(begun);
    transport.join();

    assertThat(told).isEqualTo(IntStream.range(0, 1_000).mapToObj(i -> "" + i).toList());
  }
}
