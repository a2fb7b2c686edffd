package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.RaftGroupService;
import dev.holdfast.store.state.fault.WayOut;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Starts Raft and waits for a bounded time: JRaft waits for ever for a snapshot that cannot be
 * loaded, and an error on its own thread would leave the start hanging in silence.
 */
final class BoundedStart {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final int partition;
  private final Path root;
  private final RaftGroupService service;

  BoundedStart(int partition, Path root, RaftGroupService service) {
    this.partition = partition;
    this.root = root;
    this.service = service;
  }

  Node run() throws IOException {
    FutureTask<Node> start = new FutureTask<>(() -> service.start(false));
    new DaemonThreads("start-" + PartitionGroup.groupId(partition)).newThread(start).start();
    try {
      return start.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failed("", e);
    } catch (TimeoutException e) {
      throw failed(" within " + LIMIT.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(" before it was interrupted", e);
    }
  }

  private IOException failed(String when, Exception cause) {
    return new IOException(
        "Raft of partition %d did not start%s; the log above tells why; if files are damaged, %s"
            .formatted(partition, when, WayOut.of(root)),
        cause);
  }
}
