package dev.holdfast.cli.drill.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.holdfast.cli.drill.check.RandomRequests.Mix;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.EventLog;
import dev.holdfast.cli.drill.history.History;
import dev.holdfast.cli.drill.history.Kind;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.drill.history.Recorder;
import dev.holdfast.cli.drill.model.Settings;
import dev.holdfast.cli.imports.RealNode;
import dev.holdfast.common.client.ClientSettings;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.feed.v1.FeedServiceGrpc;
import dev.holdfast.proto.feed.v1.SubscribeRequest;
import dev.holdfast.proto.feed.v1.SubscribeResponse;
import dev.holdfast.proto.inventory.v1.AcquireLeaseResponse;
import dev.holdfast.proto.log.v1.EventBatch;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model against a real store node: every kind of call, by several clients at once. */
final class RealRunIT {
  private static final int CLIENTS = 8;
  private static final int CALLS_PER_CLIENT = 400;
  private static final int PARTITIONS = 2;

  /** Too little to wait for the end of somebody else's lease. */
  private static final Duration HASTE = Duration.ofMillis(200);

  private final Recorder recorder = new Recorder();

  @TempDir private Path directory;

  @Test
  void shouldFindNothingWrongWithRealNode() throws Exception {
    EventLog log = new EventLog();
    try (RealNode node = new RealNode(directory)) {
      ClientSettings patient = ClientSettings.at(List.of(node.address()));
      try (HoldfastClient client = HoldfastClient.connect(patient);
          HoldfastClient hasty = HoldfastClient.connect(patient.withBudget(HASTE))) {
        client.topology().join();
        RandomRequests requests =
            new RandomRequests(new Random(1), Mix.EVERYTHING, List.of("east", "west", "port"));
        RealCalls first = new RealCalls(recorder, client);
        requests.opening().forEach(request -> first.send(0, request).join());
        run(requests, new RealCalls(recorder, hasty));
        requests.closing().forEach(request -> send(0, request, first));
        for (int partition = 0; partition < PARTITIONS; partition++) {
          read(node.address(), partition, client.head(partition).join(), log);
        }
      }
    }
    History history = recorder.history();

    assertThat(Witness.check(history, log, Settings.DEFAULT)).isEmpty();
    assertThat(answeredKinds(history))
        .as("kinds of calls that some answer accepts; chance leaves out a few")
        .hasSizeGreaterThan(Kind.values().length - 7);
  }

  private static Set<Kind> answeredKinds(History history) {
    return history.calls().stream()
        .filter(call -> call.outcome() instanceof Outcome.Answered)
        .map(Call::kind)
        .collect(Collectors.toSet());
  }

  private static void run(RandomRequests requests, RealCalls calls) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int client = 1; client <= CLIENTS; client++) {
      int number = client;
      threads.add(new Thread(() -> callOften(number, requests, calls)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void callOften(int client, RandomRequests requests, RealCalls calls) {
    for (int i = 0; i < CALLS_PER_CLIENT; i++) {
      Message request;
      synchronized (requests) {
        request = requests.next();
      }
      Message answer = send(client, request, calls);
      if (answer instanceof AcquireLeaseResponse acquired) {
        synchronized (requests) {
          requests.learnToken(acquired.getLease().getToken());
        }
      }
    }
  }

  /** The answer; null when it was refused, which the recorder has. */
  private static @Nullable Message send(int client, Message request, RealCalls calls) {
    try {
      return calls.send(client, request).join();
    } catch (CompletionException refused) {
      return null;
    }
  }

  private static void read(String address, int partition, long head, EventLog log) {
    ManagedChannel channel =
        Grpc.newChannelBuilder(address, InsecureChannelCredentials.create()).build();
    try {
      Iterator<SubscribeResponse> feed =
          FeedServiceGrpc.newBlockingStub(channel)
              .subscribe(
                  SubscribeRequest.newBuilder().setPartition(partition).setFromSequence(1).build());
      for (long read = 0; read < head; ) {
        SubscribeResponse next = feed.next();
        if (!next.getBatch().isEmpty()) {
          EventBatch batch = EventBatch.parseFrom(next.getBatch());
          log.add(batch);
          read = batch.getFirstSequence() + batch.getEventsCount() - 1;
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    } finally {
      channel.shutdownNow();
    }
  }
}
