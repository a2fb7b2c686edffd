package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.Status;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks JRaft for snapshots, one at a time, and lets a stop wait for the last one: stopped while it
 * puts a snapshot in place, JRaft loses the end of it, and its own stop waits for that for ever.
 */
final class SnapshotRequests {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotRequests.class);

  private CompletableFuture<Status> last = CompletableFuture.completedFuture(Status.OK());
  private boolean ended;

  /** Nothing while one is being made: that is as good. */
  void ask(Node node) {
    CompletableFuture<Status> asked = new CompletableFuture<>();
    synchronized (this) {
      if (ended || !last.isDone()) {
        return;
      }
      last = asked;
    }
    node.snapshot(
        status -> {
          if (!status.isOk()) {
            LOG.info("no snapshot of {}: {}", node.getGroupId(), status.getErrorMsg());
          }
          asked.complete(status);
        });
  }

  /** Asks for none any more, and waits until the last one is in place or given up. */
  void end() {
    CompletableFuture<Status> running;
    synchronized (this) {
      ended = true;
      running = last;
    }
    running.join();
  }
}
