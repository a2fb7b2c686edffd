package dev.holdfast.store.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.LeaseCommand;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.store.decide.Decision;
import dev.holdfast.store.decide.Dispatcher;
import dev.holdfast.store.decide.state.Moment;
import dev.holdfast.store.testing.MemoryReplica;
import dev.holdfast.store.testing.Requests;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A refusal that leaves no event goes through no round of Raft, so a leader that is deposed and
 * does not know it could refuse by what was so before. Here another leader granted a lease in term
 * 2, and its holder must not be told that its token is stale.
 */
final class StaleRefusalTest {
  private static final StockKey TEA = new StockKey("berlin", "tea");
  private static final long TOKEN_OF_TERM_2 = 2;
  private static final CommitSettings SETTINGS =
      new CommitSettings(100, 100_000, 100, 100_000, 4, 1_000, true);

  private final MemoryReplica replica = new MemoryReplica();
  private final Answers answers = new Answers();

  @Test
  void shouldNotRefuseByAStateThatAnotherLeaderHasChanged() {
    release(false);

    assertThat(answers.lines()).containsExactly("0 NO_LEADER");
  }

  @Test
  void shouldRefuseOnceAMajoritySaysThatItLeads() {
    release(true);

    assertThat(answers.lines()).containsExactly("0 at 1 STALE_TOKEN");
  }

  private void release(boolean stillLeads) {
    apply(Requests.createItem("berlin", "tea", 5));
    SteppedLoop loop = new SteppedLoop(0, SETTINGS, replica, new Asked(stillLeads), () -> 1);
    loop.lead(1);
    Command release = new LeaseCommand.ReleaseLease(TEA, TOKEN_OF_TERM_2);
    loop.submit(List.of(new QueuedCommand(Requests.of(release), answers, 0)));
    loop.turn();
  }

  private record Asked(boolean stillLeads) implements ReplicatedLog {
    @Override
    public void propose(long term, byte[] encodedBatch, Consumer<Fate> fate) {
      fate.accept(Fate.UNKNOWN);
    }

    @Override
    public void confirm(long term, Consumer<Boolean> leads) {
      leads.accept(stillLeads);
    }

    @Override
    public void resign() {
      throw new AssertionError("deciding failed");
    }
  }

  private void apply(Command command) {
    Decision decision = Dispatcher.decide(Requests.of(command), replica, new Moment(1, 1));
    RecordedEvent event = ((Decision.Decided) decision).event();
    EventBatch batch = new EventBatch(0, 1, 1, 1, replica.logEnd().batchHash(), List.of(event));
    assertThat(replica.apply(1, EventBatchCodec.encode(batch))).isTrue();
  }
}
