package dev.holdfast.store.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.proto.inventory.v1.ReadOptions;
import dev.holdfast.store.api.call.RecordedCaller;
import dev.holdfast.store.raft.ReadBarrier;
import dev.holdfast.store.state.fault.StateFault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Freshness of several replicas by a clock of the test, confirmed when the test says so. */
final class FreshReadsTest {
  private final Replica first = new Replica(0);
  private final Replica second = new Replica(1);
  private final RecordedCaller<Object> caller = new RecordedCaller<>();
  private final List<Long> told = new ArrayList<>();
  private long nowMillis = 1_000_000;

  private final class Replica implements Freshness {
    private final int partition;
    private final Deque<ReadBarrier.Waiting> waiting = new ArrayDeque<>();
    private long confirmedMillis;
    private @Nullable String fault;

    Replica(int partition) {
      this.partition = partition;
    }

    @Override
    public int partition() {
      return partition;
    }

    @Override
    public @Nullable String fault() {
      return fault;
    }

    @Override
    public long stalenessNanos() {
      return TimeUnit.MILLISECONDS.toNanos(nowMillis - confirmedMillis);
    }

    @Override
    public void await(ReadBarrier.Waiting read) {
      waiting.add(read);
    }

    void confirm() {
      confirmedMillis = nowMillis;
      waiting.remove().ready();
    }

    void confirmAfter(long millis) {
      long begun = nowMillis;
      nowMillis += millis;
      confirmedMillis = begun;
      waiting.remove().ready();
    }
  }

  private void read(ReadOptions options) {
    FreshReads.run(List.of(first, second), options, caller, told::add);
  }

  private static ReadOptions within(long millis) {
    return ReadOptions.newBuilder().setMaxStalenessMillis(millis).build();
  }

  @Test
  void shouldReadAtOnceWhatIsFreshEnoughAndTellTheLargest() {
    first.confirmedMillis = nowMillis - 90;
    second.confirmedMillis = nowMillis - 40;

    read(within(100));

    assertThat(told).containsExactly(90L);
  }

  @Test
  void shouldConfirmAnewWhatGrewTooOldWhileAnotherWasConfirmed() {
    first.confirmedMillis = nowMillis - 50;
    second.confirmedMillis = nowMillis - 500;
    read(within(100));
    assertThat(first.waiting).isEmpty();

    nowMillis += 80; // now the first is 130 ms old
    second.confirm();

    assertThat(told).isEmpty();
    assertThat(first.waiting).hasSize(1);
    nowMillis += 5;
    first.confirm();
    assertThat(told).containsExactly(5L);
  }

  @Test
  void shouldEndWithARoundForAllOfThemHoweverSlowTheyAre() {
    read(within(10));
    second.confirmAfter(2_000);
    first.confirmAfter(2_000);
    first.confirmAfter(0);
    second.confirmAfter(2_000);

    assertThat(told).isEmpty();
    first.confirmAfter(50);
    second.confirmAfter(50);

    assertThat(told).containsExactly(100L);
    assertThat(first.waiting).isEmpty();
    assertThat(second.waiting).isEmpty();
  }

  @Test
  void shouldConfirmALinearizableReadOnce() {
    first.confirmedMillis = nowMillis;
    second.confirmedMillis = nowMillis;
    read(ReadOptions.getDefaultInstance());
    first.confirmAfter(500);
    assertThat(told).isEmpty();

    second.confirmAfter(500);

    assertThat(told).containsExactly(0L);
  }

  @Test
  void shouldRefuseOnceWhateverFails() {
    read(within(10));

    first.waiting.remove().unavailable("no quorum");
    second.waiting.remove().unavailable("no quorum");

    assertThat(told).isEmpty();
    assertThat(caller.calls()).hasSize(1).first().asString().contains("no quorum");
  }

  @Test
  void shouldRefuseWhatStoppedWhileItWaited() {
    read(within(10));
    first.confirmAfter(20);
    second.fault = "the disk is gone";
    second.confirmAfter(20);

    assertThat(told).isEmpty();
    assertThat(caller.calls()).hasSize(1).first().asString().contains("the disk is gone");
  }

  @Test
  void shouldRefuseWhatCannotBeRead() {
    first.confirmedMillis = nowMillis;

    FreshReads.run(
        List.of(first),
        within(10),
        caller,
        staleness -> {
          throw new StateFault("damaged");
        });

    assertThat(caller.calls()).hasSize(1).first().asString().contains("damaged");
  }
}
