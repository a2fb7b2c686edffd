package dev.holdfast.store.transfers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.decide.Decision;
import dev.holdfast.store.decide.Dispatcher;
import dev.holdfast.store.decide.state.TransferState;
import dev.holdfast.store.testing.MemoryState;
import dev.holdfast.store.testing.Requests;
import dev.holdfast.store.testing.TransferRequests;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChannelDriverTest {
  private final Source source = new Source();
  private int sent;
  private int wentOn;
  private final ChannelDriver driver =
      new ChannelDriver(source, TransferRequests.OTHER_PARTITION, this::credit, () -> wentOn++);

  @BeforeEach
  void handOver() {
    source.take(Requests.createItem("berlin", "tea", 10));
    source.take(TransferRequests.ship("berlin", "t", "bern", Requests.line("tea", 2)));
    source.take(TransferRequests.receive("berlin", "t"));
  }

  private void credit(int destination, CreditBatch batch, CreditSender.Answer answer) {
    sent++;
    answer.answered(List.of(true));
  }

  @Test
  void shouldGoOnAtOnceWhenABatchIsSettled() {
    driver.next();

    assertThat(wentOn).isOne();
    driver.next();
    assertThat(sent).isOne();
  }

  /** Else a source whose disk is full would send the same batch as fast as it can. */
  @Test
  void shouldLeaveItToTheTimerWhenTheSourceRefusesToSettle() {
    source.refusing = Reason.READ_ONLY;

    driver.next();

    assertThat(wentOn).isZero();
    driver.next();
    assertThat(sent).isEqualTo(2);
    source.refusing = null;
    driver.next();
    assertThat(wentOn).isOne();
    assertThat(source.state.transfers().allHandovers()).isEmpty();
  }

  /** Else nothing of this channel would be sent any more, and nobody would know. */
  @Test
  void shouldSendAgainAfterASendThatThrew() {
    ChannelDriver broken =
        new ChannelDriver(
            source,
            TransferRequests.OTHER_PARTITION,
            (destination, batch, answer) -> {
              sent++;
              throw new IllegalStateException("no call can be made");
            },
            () -> {});

    assertThatIllegalStateException().isThrownBy(broken::next);
    assertThatIllegalStateException().isThrownBy(broken::next);

    assertThat(sent).isEqualTo(2);
  }

  private ChannelDriver answeredLater(List<CreditSender.Answer> held) {
    return new ChannelDriver(
        source,
        TransferRequests.OTHER_PARTITION,
        (destination, batch, answer) -> held.add(answer),
        () -> {});
  }

  /** The answer comes later, on a thread of the network. */
  @Test
  void shouldSendAgainWhenWhatWasAnsweredCannotBeSubmitted() {
    List<CreditSender.Answer> held = new ArrayList<>();
    ChannelDriver slow = answeredLater(held);
    slow.next();
    source.broken = true;
    assertThatIllegalStateException().isThrownBy(() -> held.get(0).answered(List.of(true)));

    slow.next();

    assertThat(held).hasSize(2);
  }

  @Test
  void shouldSendNothingMoreBeforeTheAnswer() {
    List<CreditSender.Answer> held = new ArrayList<>();
    ChannelDriver slow = answeredLater(held);

    slow.next();
    slow.next();
    assertThat(held).hasSize(1);

    held.get(0).failed("the network is gone");
    slow.next();
    assertThat(held).hasSize(2);
  }

  /** Decides at once, or refuses. */
  private static final class Source implements DrivenPartition {
    private final MemoryState state = new MemoryState();
    private @Nullable Reason refusing;
    private boolean broken;

    @Override
    public int partition() {
      return 0;
    }

    @Override
    public boolean isLeading() {
      return true;
    }

    @Override
    public TransferState transfers() {
      return state.transfers();
    }

    @Override
    public void submit(List<QueuedCommand> commands) {
      if (broken) {
        throw new IllegalStateException("the partition takes nothing");
      }
      for (QueuedCommand command : commands) {
        if (refusing != null) {
          command.reply().failed(command.index(), refusing, "not tried");
        } else {
          Decision.Decided decided = take(command.request().command());
          command.reply().decided(command.index(), state.sequence(), decided.event());
        }
      }
    }

    private Decision.Decided take(Command command) {
      var decided =
          (Decision.Decided) Dispatcher.decide(Requests.of(command), state, Requests.MOMENT);
      state.apply(decided.event(), 1);
      return decided;
    }
  }
}
