package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.error.RaftError;
import dev.holdfast.store.commit.ReplicatedLog.Fate;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Tells a proposal's fate exactly once, whatever JRaft does with the closure. */
final class LogClosure implements Closure {
  private final Consumer<Fate> fate;
  private final AtomicBoolean told = new AtomicBoolean();

  LogClosure(Consumer<Fate> fate) {
    this.fate = fate;
  }

  /** The entry was applied, or passed over, on this replica. */
  void applied(boolean accepted) {
    tell(accepted ? Fate.APPLIED : Fate.DISCARDED);
  }

  /**
   * Called only for entries that did not come through the state machine. EBUSY means that nothing
   * was appended; EPERM may mean "never appended" or "appended, then stepped down".
   */
  @Override
  public void run(Status status) {
    if (status.isOk()) {
      throw new IllegalStateException("applied entries are answered by the state machine");
    }
    tell(status.getRaftError() == RaftError.EBUSY ? Fate.NOT_APPENDED : Fate.UNKNOWN);
  }

  private void tell(Fate what) {
    if (told.compareAndSet(false, true)) {
      fate.accept(what);
    }
  }
}
