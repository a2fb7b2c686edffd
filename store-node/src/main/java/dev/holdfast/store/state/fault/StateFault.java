package dev.holdfast.store.state.fault;

import dev.holdfast.common.codec.NeedsNewerBuildException;
import dev.holdfast.common.codec.UnreadableException;

/** The state cannot be read or written, or is not what it must be. The partition stops here. */
public class StateFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StateFault(String message, Throwable cause) {
    super(message, cause);
  }

  public StateFault(String message) {
    super(message);
  }

  /** A batch of the event log cannot be read. */
  public static StateFault ofLog(long firstSequence, UnreadableException cause) {
    return cause instanceof NeedsNewerBuildException newer
        ? new NeedsNewerBuildFault("the event log at sequence " + firstSequence, newer)
        : new StateFault("the event log is corrupt at sequence " + firstSequence, cause);
  }

  /** An entry of Raft's log cannot be read. */
  public static StateFault ofEntry(long index, UnreadableException cause) {
    return cause instanceof NeedsNewerBuildException newer
        ? new NeedsNewerBuildFault("entry " + index, newer)
        : new StateFault("entry " + index + ": " + cause.getMessage(), cause);
  }

  /** The message, with what was being done. */
  public String during(String what) {
    return what + ": " + getMessage();
  }
}
