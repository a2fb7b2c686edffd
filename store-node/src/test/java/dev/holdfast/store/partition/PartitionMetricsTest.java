package dev.holdfast.store.partition;

import static dev.holdfast.store.testing.Requests.adjust;
import static dev.holdfast.store.testing.Requests.createItem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.LeaseCommand;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.SubmitOrder;
import dev.holdfast.common.domain.TermsCommand;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.commit.CommandLoop;
import dev.holdfast.store.commit.CommitSettings;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.ReplicatedLog;
import dev.holdfast.store.commit.Reply;
import dev.holdfast.store.testing.MemoryReplica;
import dev.holdfast.store.testing.Requests;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PartitionMetricsTest {
  private static final StockKey TEA = new StockKey("berlin", "tea");
  private static final CommitSettings SETTINGS =
      new CommitSettings(9, 100_000, 9, 100_000, 2, 1_000, true);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MemoryReplica replica = new MemoryReplica();
  private final CommandLoop loop =
      new CommandLoop(
              0,
              SETTINGS,
              replica,
              new AppliedAtOnce(),
              new PartitionMetrics(registry, 0),
              () -> 1_000)
          .start();

  @AfterEach
  void stop() {
    loop.close();
  }

  private final class AppliedAtOnce implements ReplicatedLog {
    @Override
    public void propose(long term, byte[] batch, Consumer<Fate> fate) {
      replica.apply(term, batch);
      fate.accept(Fate.APPLIED);
    }

    @Override
    public void confirm(long term, Consumer<Boolean> leads) {
      leads.accept(true);
    }

    @Override
    public void resign() {
      throw new AssertionError("deciding failed");
    }
  }

  /** The levels before and after are the same, so the event does not tell what was asked. */
  @Test
  void shouldCountTheFreezingOfAFrozenItemAsThat() {
    loop.lead(1);
    decide(createItem("berlin", "tea", 5));
    decide(new TermsCommand.SetItemFrozen(TEA, true, Command.ANY_VERSION));
    decide(new TermsCommand.SetItemFrozen(TEA, true, Command.ANY_VERSION));
    decide(new TermsCommand.SetSafetyStock(TEA, 2, Command.ANY_VERSION));

    assertThat(counted())
        .isEqualTo(
            Map.of(
                "create_item accepted", 1.0,
                "set_item_frozen accepted", 2.0,
                "set_safety_stock accepted", 1.0));
  }

  /** A holder that asks again gets its lease for longer, with the event of a renewal. */
  @Test
  void shouldCountALeaseThatIsAskedForAgainAsThat() {
    loop.lead(1);
    decide(new LeaseCommand.AcquireLease(TEA, "till 4", 2_000, 10));
    decide(new LeaseCommand.AcquireLease(TEA, "till 4", 2_000, 10));

    assertThat(counted()).isEqualTo(Map.of("acquire_lease accepted", 2.0));
  }

  @Test
  void shouldCountRejectionsByTheirCodeAndNothingOfTheLeadersOwn() {
    loop.lead(1);
    decide(adjust("berlin", "tea", 1));
    decide(new SubmitOrder("berlin", List.of(adjust("berlin", "tea", 1))));
    decide(new Command.RecordDigest());
    decide(new Command.EvictReceipts(1));

    assertThat(counted())
        .isEqualTo(Map.of("adjust_stock item_not_found", 1.0, "submit_order item_not_found", 1.0));
  }

  private void decide(Command command) {
    CompletableFuture<RecordedEvent> answer = new CompletableFuture<>();
    Reply reply =
        new Reply() {
          @Override
          public void decided(int index, long sequence, RecordedEvent event) {
            answer.complete(event);
          }

          @Override
          public void failed(int index, Reason reason, String message) {
            answer.completeExceptionally(new AssertionError(reason + " " + message));
          }
        };
    loop.submit(List.of(new QueuedCommand(Requests.of(command), reply, 0)));
    answer.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private Map<String, Double> counted() {
    return registry.find("holdfast.commands").counters().stream()
        .filter(counter -> counter.count() > 0)
        .collect(
            Collectors.toMap(
                counter -> counter.getId().getTag("kind") + " " + counter.getId().getTag("outcome"),
                Counter::count));
  }
}
