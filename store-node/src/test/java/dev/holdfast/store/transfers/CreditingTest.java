package dev.holdfast.store.transfers;

import static dev.holdfast.store.testing.Requests.createItem;
import static dev.holdfast.store.testing.Requests.line;
import static dev.holdfast.store.testing.TransferRequests.OTHER_PARTITION;
import static dev.holdfast.store.testing.TransferRequests.handover;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.TransferCommand;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.decide.Decision;
import dev.holdfast.store.decide.Dispatcher;
import dev.holdfast.store.testing.MemoryState;
import dev.holdfast.store.testing.Requests;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The destination of a batch, with the real deciders. */
final class CreditingTest {
  private static final Handover TEA = handover("oslo", "t1", "berlin", line("tea", 2));
  private static final Handover FULL = handover("oslo", "t2", "berlin", line("full", 1));

  private final MemoryState state = new MemoryState();
  private final List<QueuedCommand> submitted = new ArrayList<>();
  private final List<List<Boolean>> answers = new ArrayList<>();

  @BeforeEach
  void fill() {
    take(Requests.of(createItem("berlin", "full", StockLevel.QUANTITY_MAX)));
  }

  /** The destination forgets a refused number once the source knows of it. */
  @Test
  void shouldNumberTheHandOversAndTellWhatTheSourceKnows() {
    start(5, TEA, FULL);

    assertThat(submitted)
        .extracting(each -> each.request().command())
        .containsExactly(
            new TransferCommand.CreditTransfer(OTHER_PARTITION, 5, 4, TEA),
            new TransferCommand.CreditTransfer(OTHER_PARTITION, 6, 4, FULL));
  }

  @Test
  void shouldAnswerOnceAllIsDecided() {
    start(1, TEA, FULL);
    decide(0);
    assertThat(answers).isEmpty();

    decide(1);

    assertThat(answers).containsExactly(List.of(true, false));
  }

  @Test
  void shouldTellNothingFromTheFirstUnknownOnwards() {
    start(1, TEA, TEA, TEA);

    decide(0);
    submitted.get(1).reply().failed(1, Reason.OUTCOME_UNKNOWN, "leadership was lost in flight");
    decide(2); // out of order, since the second was not taken

    assertThat(answers).containsExactly(List.of(true));
  }

  private void start(long firstNumber, Handover... handovers) {
    Crediting.start(
        new CreditBatch(OTHER_PARTITION, firstNumber, List.of(handovers)),
        submitted::addAll,
        new CreditSender.Answer() {
          @Override
          public void answered(List<Boolean> credited) {
            answers.add(credited);
          }

          @Override
          public void failed(String why) {
            throw new AssertionError(why);
          }
        });
  }

  private void decide(int index) {
    QueuedCommand command = submitted.get(index);
    command.reply().decided(index, state.sequence(), take(command.request()));
  }

  private RecordedEvent take(CommandRequest request) {
    Decision decision = Dispatcher.decide(request, state, Requests.MOMENT);
    if (decision instanceof Decision.Decided decided) {
      state.apply(decided.event(), 1);
    }
    return ((Decision.WithEvent) decision).event();
  }
}
