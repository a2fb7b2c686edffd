package dev.holdfast.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.error.RaftError;
import dev.holdfast.store.commit.ReplicatedLog.Fate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogClosureTest {
  private final List<Fate> told = new ArrayList<>();
  private final LogClosure closure = new LogClosure(told::add);

  /** Answers went out with the first one, and the loop counts its batches in flight by them. */
  @Test
  void shouldTellAFateOnce() {
    closure.applied(true);
    closure.run(new Status(RaftError.ESTATEMACHINE, "stopped"));
    closure.run(new Status(RaftError.EBUSY, "busy"));

    assertThat(told).containsExactly(Fate.APPLIED);
  }

  /** Only a full queue is certain to have appended nothing. */
  @Test
  void shouldNotKnowWhatBecameOfAProposalThatFailed() {
    closure.run(new Status(RaftError.EPERM, "leads no more"));
    new LogClosure(told::add).run(new Status(RaftError.EBUSY, "busy"));

    assertThat(told).containsExactly(Fate.UNKNOWN, Fate.NOT_APPENDED);
  }
}
