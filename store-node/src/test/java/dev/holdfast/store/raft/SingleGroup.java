package dev.holdfast.store.raft;

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
import dev.holdfast.store.testing.TestKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/** A real group of one member. */
final class SingleGroup implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Event EVENT =
      new Event.ItemCreated(new StockKey("berlin", "tea"), new StockLevel(1, 0, 1));

  final PartitionGroup group;
  final StateStore store;
  private final RocksMemory memory = new RocksMemory(8 << 20, 32 << 20);
  private final RaftTransport transport;

  /** Founds the group, which soon leads. */
  SingleGroup(Path directory, Executor background) throws IOException {
    RaftSettings.Member self = new RaftSettings.Member("node", "127.0.0.1:" + freePort());
    RaftSettings settings =
        new RaftSettings(0, directory, self, List.of(self), Duration.ofMillis(500));
    transport = new RaftTransport(self, "127.0.0.1", 1);
    store = StateStore.open(directory.resolve("state"), memory, TestKeys.usual());
    RecordedListener listener = new RecordedListener();
    group = new PartitionGroup(settings, transport, store, listener, listener, background);
    group.membership().become(Standing.FOUNDER);
    group.start(Standing.FOUNDER);
    await().atMost(PATIENCE).until(() -> group.term() > 0);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Appends the first batch of the log and waits until it is applied. */
  void write() {
    List<RecordedEvent> events = List.of(new RecordedEvent(EVENT, Requests.ALICE, "", "", 0));
    EventBatch batch = new EventBatch(0, 1, group.term(), 0, BatchHash.genesis(), events);
    group.propose(group.term(), EventBatchCodec.encode(batch), fate -> {});
    await().atMost(PATIENCE).until(() -> store.applied().sequence() == 1);
  }

  @Override
  public void close() {
    transport.close();
    store.close();
    memory.close();
  }
}
