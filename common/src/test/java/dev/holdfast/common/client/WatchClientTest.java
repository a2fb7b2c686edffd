package dev.holdfast.common.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.feed.v1.WatchMessage;
import dev.holdfast.proto.feed.v1.WatchRequest;
import dev.holdfast.proto.feed.v1.WatchServiceGrpc.WatchServiceImplBase;
import dev.holdfast.proto.feed.v1.WatchedEvent;
import dev.holdfast.proto.inventory.v1.Position;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WatchClientTest {
  private final ScriptedNode nodeA = ScriptedNode.start();
  private final ScriptedNode nodeB = ScriptedNode.start();
  private final ClientSettings settings =
      ClientSettings.at(List.of(nodeA.address(), nodeB.address()))
          .withBudget(Duration.ofSeconds(10));
  private final List<Long> seen = new CopyOnWriteArrayList<>();
  private final List<HoldfastException> interruptions = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    nodeA.close();
    nodeB.close();
  }

  @Test
  void shouldGoToAnotherNodeWhenOneHasTrimmedItsLog() {
    inTurn(refusing(), telling(5));

    try (WatchClient watch = watch(seen::add)) {
      await().untilAsserted(() -> assertThat(seen).containsExactly(5L));
      assertThat(watch.end()).isNotDone();
    }
  }

  @Test
  void shouldGiveUpWhenEveryNodeHasTrimmedItsLog() {
    nodeA.watches = refusing();
    nodeB.watches = refusing();

    try (WatchClient watch = watch(seen::add)) {
      assertThat(watch.end())
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .withMessageContaining("are gone");
    }
  }

  /** Whoever is asked next knows nothing of what was told already. */
  @Test
  void shouldTellAnEventOnceThoughANodeRepeatsIt() {
    inTurn(breakingAfter(telling(5)), telling(5, 6));

    try (WatchClient watch = watch(seen::add)) {
      await().until(() -> seen.contains(6L));

      assertThat(seen).containsExactly(5L, 6L);
      assertThat(interruptions).hasSize(1);
      assertThat(watch.end()).isNotDone();
    }
  }

  @Test
  void shouldLeaveANodeThatFallsSilent() {
    inTurn(telling(), telling(5));

    try (WatchClient watch = watch(seen::add)) {
      await().atMost(Duration.ofSeconds(30)).until(() -> seen.contains(5L));

      assertThat(interruptions).hasSize(1);
      assertThat(interruptions.get(0)).hasMessageContaining("silent");
      assertThat(watch.end()).isNotDone();
    }
  }

  /** The node falls silent only while the listener is busy, which it cannot help. */
  @Test
  void shouldNotTakeASlowListenerForASilentNode() {
    nodeA.watches = telling(5, 6);
    nodeB.watches = telling(5, 6);

    try (WatchClient watch = watch(sequence -> sleepOver(sequence, Duration.ofMillis(5_600)))) {
      await().atMost(Duration.ofSeconds(30)).until(() -> seen.size() == 2);
      await().pollDelay(Duration.ofMillis(700)).until(() -> true); // the next look at silence
      assertThat(interruptions).isEmpty();
      assertThat(watch.end()).isNotDone();
    }
  }

  /** Whoever resumes from there must be told an event again that was not done with. */
  @Test
  void shouldNotTellAPositionBeforeItsEventIsDoneWith() throws Exception {
    nodeA.watches = telling(5);
    nodeB.watches = telling(5);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);

    try (WatchClient watch =
        watch(
            sequence -> {
              inside.countDown();
              awaitQuietly(release);
            })) {
      assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(watch.positions()).isEmpty();

      release.countDown();

      await().until(() -> !watch.positions().isEmpty());
      assertThat(watch.positions()).containsExactly(at(5));
    }
  }

  @Test
  void shouldTellThePositionOfTheEventAtWhichTheListenerEnds() {
    nodeA.watches = telling(5, 6);
    nodeB.watches = telling(5, 6);
    WatchClient[] self = new WatchClient[1];
    CountDownLatch known = new CountDownLatch(1);
    self[0] =
        watch(
            sequence -> {
              awaitQuietly(known);
              self[0].close();
            });
    known.countDown();

    self[0].end().join();

    assertThat(self[0].positions()).containsExactly(at(5));
  }

  @Test
  void shouldEndWithWhatTheListenerThrows() {
    nodeA.watches = telling(5);
    nodeB.watches = telling(5);

    try (WatchClient watch =
        watch(
            sequence -> {
              throw new IllegalStateException("broken");
            })) {
      assertThat(watch.end())
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .withMessageContaining("broken");
      assertThat(watch.positions()).isEmpty();
    }
  }

  private void sleepOver(long sequence, Duration time) {
    awaitFor(new CountDownLatch(1), time);
    seen.add(sequence);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    awaitFor(latch, Duration.ofSeconds(20));
  }

  private static void awaitFor(CountDownLatch latch, Duration time) {
    try {
      var unused = latch.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private WatchClient watch(Consumer<Long> onEvent) {
    return WatchClient.start(
        settings,
        WatchRequest.getDefaultInstance(),
        new WatchListener() {
          @Override
          public void event(WatchedEvent event) {
            onEvent.accept(event.getPosition().getSequence());
          }

          @Override
          public void interrupted(HoldfastException why) {
            interruptions.add(why);
          }
        });
  }

  /** The first watch is served by the first script, on whichever node, and so on. */
  private void inTurn(WatchServiceImplBase... scripts) {
    Queue<WatchServiceImplBase> left = new ConcurrentLinkedQueue<>(List.of(scripts));
    WatchServiceImplBase next =
        new WatchServiceImplBase() {
          @Override
          public void watch(WatchRequest request, StreamObserver<WatchMessage> out) {
            left.remove().watch(request, out);
          }
        };
    nodeA.watches = next;
    nodeB.watches = next;
  }

  private static WatchServiceImplBase breakingAfter(WatchServiceImplBase script) {
    return new WatchServiceImplBase() {
      @Override
      public void watch(WatchRequest request, StreamObserver<WatchMessage> out) {
        script.watch(request, out);
        out.onError(Status.UNAVAILABLE.asRuntimeException());
      }
    };
  }

  private static WatchServiceImplBase refusing() {
    return new WatchServiceImplBase() {
      @Override
      public void watch(WatchRequest request, StreamObserver<WatchMessage> out) {
        String gone = "events of partition 0 before sequence 9 are gone";
        out.onError(Statuses.exception(Statuses.of(Reason.HISTORY_TRUNCATED, gone)));
      }
    };
  }

  private static WatchServiceImplBase telling(long... sequences) {
    return new WatchServiceImplBase() {
      @Override
      public void watch(WatchRequest request, StreamObserver<WatchMessage> out) {
        for (long sequence : sequences) {
          WatchedEvent event = WatchedEvent.newBuilder().setPosition(at(sequence)).build();
          out.onNext(WatchMessage.newBuilder().setEvent(event).build());
        }
      }
    };
  }

  private static Position at(long sequence) {
    return Position.newBuilder().setSequence(sequence).build();
  }
}
