package dev.holdfast.store.transfers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.store.decide.state.TransferState;
import dev.holdfast.store.state.fault.StateFault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {
  private static final int DESTINATION = 2;

  private final List<String> answered = new ArrayList<>();
  private final Channels channels = new Channels();
  private long nanos;
  private final Arrivals arrivals = new Arrivals(channels, () -> nanos);

  @Test
  void shouldLetGoOfWhatIsSettledOrOverdue() {
    await(1, 100);
    await(2, 100);
    await(3, 10);
    channels.settled = 1;
    nanos = 50;

    arrivals.check();

    assertThat(answered).containsExactlyInAnyOrder("1", "3");
    nanos = 100;
    arrivals.check();
    assertThat(answered).contains("2");
  }

  /** A state that cannot be read keeps nobody waiting for longer than was promised. */
  @Test
  void shouldLetGoOfWhatIsOverdueWhenTheStateCanNotBeRead() {
    await(1, 100);
    await(2, 10);
    channels.broken = true;
    nanos = 50;

    assertThatThrownBy(arrivals::check).isInstanceOf(StateFault.class);

    assertThat(answered).containsExactly("2");
  }

  private void await(long number, long waitNanos) {
    arrivals.await(DESTINATION, number, waitNanos, () -> answered.add(Long.toString(number)));
  }

  /** Only what is settled counts here. */
  private static final class Channels implements TransferState {
    private long settled;
    private boolean broken;

    @Override
    public @Nullable Transfer transfer(TransferKey key) {
      return null;
    }

    @Override
    public @Nullable Handover handover(HandoverKey key) {
      return null;
    }

    @Override
    public OutboundChannel outbound(int destinationPartition) {
      if (broken) {
        throw new StateFault("the state is closed");
      }
      return new OutboundChannel(9, settled, 0);
    }

    @Override
    public InboundChannel inbound(int sourcePartition) {
      return InboundChannel.NONE;
    }
  }
}
