package dev.holdfast.common.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import dev.holdfast.proto.feed.v1.FeedServiceGrpc.FeedServiceImplBase;
import dev.holdfast.proto.feed.v1.SubscribeRequest;
import dev.holdfast.proto.feed.v1.SubscribeResponse;
import dev.holdfast.proto.log.v1.Event;
import dev.holdfast.proto.log.v1.EventBatch;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LogReaderTest {
  private static final int PARTITION = 1;

  private final ScriptedNode nodeA = ScriptedNode.start();
  private final ScriptedNode nodeB = ScriptedNode.start();
  private final HoldfastClient client =
      HoldfastClient.connect(
          ClientSettings.at(List.of(nodeA.address(), nodeB.address()))
              .withBudget(Duration.ofSeconds(10)));
  private final List<Long> seen = new CopyOnWriteArrayList<>();
  private final List<Long> asked = new CopyOnWriteArrayList<>();
  private final List<HoldfastException> interruptions = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    client.close();
    nodeA.close();
    nodeB.close();
  }

  @Test
  void shouldGoOnAtAnotherNodeBehindTheLastBatch() {
    List<EventBatch> log = log(3);
    serving(
        (request, out) -> {
          if (request.getFromSequence() == 1) {
            send(log.subList(0, 2), request, out);
            out.onError(Status.UNAVAILABLE.asRuntimeException());
          } else {
            send(log, request, out);
          }
        });

    try (LogReader reader = read(1)) {
      await().until(() -> reader.reached() == 6);

      assertThat(interruptions).hasSize(1);
      assertThat(seen).containsExactly(1L, 3L, 5L);
      assertThat(asked).containsExactly(1L, 5L);
      assertThat(reader.end()).isNotDone();
    }
  }

  @Test
  void shouldGoOnWithTheNextTokenWhenItsTokenExpires() {
    List<EventBatch> log = log(3);
    serving(
        (request, out) -> {
          if (request.getFromSequence() < 5) {
            send(log.subList(0, request.getFromSequence() == 1 ? 1 : 2), request, out);
            out.onError(Status.UNAUTHENTICATED.asRuntimeException());
          } else {
            send(log, request, out);
          }
        });

    try (LogReader reader = read(1)) {
      await().until(() -> reader.reached() == 6);

      assertThat(asked).containsExactly(1L, 3L, 5L);
      assertThat(reader.end()).isNotDone();
    }
  }

  @Test
  void shouldEndWhenTheNextTokenIsRefusedToo() {
    List<EventBatch> log = log(1);
    serving(
        (request, out) -> {
          if (request.getFromSequence() == 1) {
            send(log, request, out);
          }
          out.onError(Status.UNAUTHENTICATED.asRuntimeException());
        });

    try (LogReader reader = read(1)) {
      assertThat(reader.end())
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .withMessageContaining("UNAUTHENTICATED");

      assertThat(asked).containsExactly(1L, 3L);
    }
  }

  @Test
  void shouldBeginWithTheBatchThatContainsTheFirstEventWanted() {
    sending(log(3).subList(1, 3));

    try (LogReader reader = read(4)) {
      await().until(() -> reader.reached() == 6);

      assertThat(seen).containsExactly(3L, 5L);
    }
  }

  @Test
  void shouldFailWhenABatchIsLeftOut() {
    List<EventBatch> log = log(3);
    sending(List.of(log.get(0), log.get(2)));

    assertBroken("a batch of partition 1 from 5 to 6");
  }

  @Test
  void shouldFailWhenABatchFollowsAnotherOne() {
    List<EventBatch> log = log(2);
    EventBatch other = log.get(1).toBuilder().setPreviousHash(hash(log.get(1))).build();
    sending(List.of(log.get(0), other));

    assertBroken("a batch that follows another one");
  }

  @Test
  void shouldFailWhenABatchDiffersFromItsHash() {
    serving(
        (request, out) ->
            out.onNext(
                SubscribeResponse.newBuilder()
                    .setBatch(log(1).get(0).toByteString())
                    .setBatchHash(ByteString.copyFrom(new byte[32]))
                    .build()));

    assertBroken("a batch differs from its hash");
  }

  private void assertBroken(String message) {
    try (LogReader reader = read(1)) {
      assertThat(reader.end())
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .withCauseInstanceOf(BrokenLogException.class)
          .withMessageContaining(message);
    }
  }

  private LogReader read(long from) {
    return client
        .feed()
        .read(
            PARTITION,
            from,
            new LogListener() {
              @Override
              public void batch(EventBatch batch) {
                seen.add(batch.getFirstSequence());
              }

              @Override
              public void interrupted(HoldfastException why) {
                interruptions.add(why);
              }
            });
  }

  private interface Script {
    void subscribe(SubscribeRequest request, StreamObserver<SubscribeResponse> out);
  }

  private void serving(Script script) {
    FeedServiceImplBase feed =
        new FeedServiceImplBase() {
          @Override
          public void subscribe(SubscribeRequest request, StreamObserver<SubscribeResponse> out) {
            asked.add(request.getFromSequence());
            script.subscribe(request, out);
          }
        };
    nodeA.feeds = feed;
    nodeB.feeds = feed;
  }

  /** Sends what is asked for, and goes on. */
  private void sending(List<EventBatch> log) {
    serving((request, out) -> send(log, request, out));
  }

  private static void send(
      List<EventBatch> log, SubscribeRequest request, StreamObserver<SubscribeResponse> out) {
    for (EventBatch batch : log) {
      if (batch.getFirstSequence() + batch.getEventsCount() > request.getFromSequence()) {
        out.onNext(
            SubscribeResponse.newBuilder()
                .setBatch(batch.toByteString())
                .setBatchHash(hash(batch))
                .build());
      }
    }
    out.onNext(SubscribeResponse.newBuilder().setHeadSequence(9).build());
  }

  /** Batches of two events. */
  private static List<EventBatch> log(int batches) {
    List<EventBatch> log = new ArrayList<>();
    ByteString previous = ByteString.copyFrom(new byte[32]);
    for (int i = 0; i < batches; i++) {
      EventBatch batch =
          EventBatch.newBuilder()
              .setPartition(PARTITION)
              .setFirstSequence(1 + 2L * i)
              .setPreviousHash(previous)
              .addEvents(Event.getDefaultInstance())
              .addEvents(Event.getDefaultInstance())
              .build();
      log.add(batch);
      previous = hash(batch);
    }
    return log;
  }

  private static ByteString hash(EventBatch batch) {
    return ByteString.copyFrom(Hashing.sha256().hashBytes(batch.toByteArray()).asBytes());
  }
}
