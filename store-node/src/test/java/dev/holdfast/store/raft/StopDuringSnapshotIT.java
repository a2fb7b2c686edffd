package dev.holdfast.store.raft;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.codec.BatchHash;
import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.db.RocksMemory;
import dev.holdfast.store.testing.Requests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real group of one member, whose snapshot goes on when the test says so. */
final class StopDuringSnapshotIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Event EVENT =
      new Event.ItemCreated(new StockKey("berlin", "tea"), new StockLevel(1, 0, 1));

  private final BlockingQueue<Runnable> background = new LinkedBlockingQueue<>();
  private final RocksMemory memory = new RocksMemory(8 << 20, 32 << 20);
  private RaftTransport transport;
  private StateStore store;
  private PartitionGroup group;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    RaftSettings.Member self = new RaftSettings.Member("node", "127.0.0.1:" + freePort());
    RaftSettings settings =
        new RaftSettings(0, directory, self, List.of(self), Duration.ofMillis(500));
    transport = new RaftTransport(self, "127.0.0.1", 1);
    store = StateStore.open(directory.resolve("state"), memory);
    RecordedListener listener = new RecordedListener();
    group = new PartitionGroup(settings, transport, store, listener, listener, background::add);
    group.membership().become(Standing.FOUNDER);
    group.start(Standing.FOUNDER);
    await().atMost(PATIENCE).until(() -> group.term() > 0);
  }

  @AfterEach
  void stop() {
    transport.close();
    store.close();
    memory.close();
  }

  @Test
  void shouldStopOnceTheSnapshotIsMade() throws Exception {
    Runnable restOfSnapshot = snapshot();

    CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(group::stop);
    restOfSnapshot.run();

    assertThat(stopped.get(PATIENCE.toSeconds(), SECONDS)).isTrue();
  }

  @Test
  void shouldSaySoWhenTheSnapshotDoesNotEnd() throws Exception {
    Runnable restOfSnapshot = snapshot();

    assertThat(group.stop(Duration.ofMillis(300))).isFalse();

    restOfSnapshot.run();
    assertThat(group.stop(PATIENCE)).isTrue();
  }

  /** What is left of a snapshot that was begun. */
  private Runnable snapshot() throws InterruptedException {
    List<RecordedEvent> events = List.of(new RecordedEvent(EVENT, Requests.ALICE, "", "", 0));
    EventBatch batch = new EventBatch(0, 1, group.term(), 0, BatchHash.genesis(), events);
    group.propose(group.term(), EventBatchCodec.encode(batch), fate -> {});
    await().atMost(PATIENCE).until(() -> store.applied().sequence() == 1);
    group.snapshot();
    return Objects.requireNonNull(background.poll(PATIENCE.toSeconds(), SECONDS));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
