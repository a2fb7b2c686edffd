package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotCopier;
import dev.holdfast.common.crypt.KeyException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a snapshot of the leader, and then asks for the keys in it, on the thread that waits for
 * the copy. The applying thread, which puts it in place, then waits for no vault; and while the
 * vault is away the copy fails, and the leader tries again.
 */
final class CopyOfSnapshot extends LocalSnapshotCopier {
  private static final Logger LOG = LoggerFactory.getLogger(CopyOfSnapshot.class);

  /** Gets to know the keys of what lies in a directory. */
  interface Keys {
    void learn(Path directory) throws KeyException;
  }

  private final Keys keys;

  CopyOfSnapshot(Keys keys) {
    this.keys = keys;
  }

  @Override
  public void join() throws InterruptedException {
    super.join();
    SnapshotReader copied = isOk() ? getReader() : null;
    if (copied != null) {
      learn(Path.of(copied.getPath(), Snapshots.DIRECTORY));
    }
  }

  private void learn(Path state) {
    try {
      keys.learn(state);
    } catch (KeyException e) {
      if (e.isForNow()) { // else putting it in place fails for good, and says why
        LOG.warn("a snapshot of the leader is not put in place yet: {}", e.getMessage());
        setError(RaftError.EAGAIN, "%s", e.getMessage());
      }
    }
  }
}
