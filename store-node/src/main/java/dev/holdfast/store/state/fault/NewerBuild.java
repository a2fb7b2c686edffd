package dev.holdfast.store.state.fault;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Remembers the first thing of a newer build that was met in a state, whoever met it. */
public final class NewerBuild {
  private final AtomicReference<@Nullable NeedsNewerBuildFault> first = new AtomicReference<>();

  /** The same fault, to be thrown. */
  public NeedsNewerBuildFault met(NeedsNewerBuildFault fault) {
    first.compareAndSet(null, fault);
    return fault;
  }

  /** Something that may meet it. */
  public interface Step {
    void run() throws IOException;
  }

  public void noticeIn(Step step) throws IOException {
    try {
      step.run();
    } catch (NeedsNewerBuildFault e) {
      throw met(e);
    }
  }

  /** What was met, null when nothing was. */
  public @Nullable String fault() {
    NeedsNewerBuildFault met = first.get();
    return met == null ? null : met.getMessage();
  }

  /** Nothing more is applied to such a state: a row of it would be overwritten by what is known. */
  public void refuse() {
    NeedsNewerBuildFault met = first.get();
    if (met != null) {
      throw met;
    }
  }
}
