package dev.holdfast.store.state;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Remembers the first thing of a newer build that was met in a state, whoever met it. */
final class NewerBuild {
  private final AtomicReference<@Nullable NeedsNewerBuildFault> first = new AtomicReference<>();

  /** The same fault, to be thrown. */
  NeedsNewerBuildFault met(NeedsNewerBuildFault fault) {
    first.compareAndSet(null, fault);
    return fault;
  }

  /** Something that may meet it. */
  interface Step {
    void run() throws IOException;
  }

  void noticeIn(Step step) throws IOException {
    try {
      step.run();
    } catch (NeedsNewerBuildFault e) {
      throw met(e);
    }
  }

  /** What was met, null when nothing was. */
  @Nullable String fault() {
    NeedsNewerBuildFault met = first.get();
    return met == null ? null : met.getMessage();
  }

  /** Nothing more is applied to such a state: a row of it would be overwritten by what is known. */
  void refuse() {
    NeedsNewerBuildFault met = first.get();
    if (met != null) {
      throw met;
    }
  }
}
