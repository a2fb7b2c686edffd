package dev.holdfast.store.commit;

import static dev.holdfast.store.testing.Requests.adjust;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.store.testing.Requests;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CommandQueueTest {
  private static final int COMMAND_BYTES = command(0).bytes();

  @Test
  void shouldTakeACallWholeOrNotAtAll() {
    CommandQueue queue = new CommandQueue(3, Long.MAX_VALUE);

    assertThat(queue.offer(commands(0, 2))).isTrue();
    assertThat(queue.offer(commands(2, 2))).isFalse();
    assertThat(queue.size()).isEqualTo(2);
    assertThat(queue.offer(commands(2, 1))).isTrue();
  }

  @Test
  void shouldBoundTheBytesThatWait() {
    CommandQueue queue = new CommandQueue(100, 3L * COMMAND_BYTES);

    assertThat(queue.offer(commands(0, 3))).isTrue();
    assertThat(queue.offer(commands(3, 1))).isFalse();
    queue.drain(1, Long.MAX_VALUE);
    assertThat(queue.offer(commands(3, 1))).isTrue();
  }

  /** Who is told to slow down would come again for ever with what never fits. */
  @Test
  void shouldTakeAnyCallWhenNothingWaits() {
    CommandQueue queue = new CommandQueue(3, 3L * COMMAND_BYTES);

    assertThat(queue.offer(commands(0, 4))).isTrue();
    assertThat(queue.offer(commands(4, 1))).isFalse();
    queue.drain(4, Long.MAX_VALUE);
    assertThat(queue.offer(commands(4, 1))).isTrue();
  }

  @Test
  void shouldDrainInOrderUpToANumber() {
    CommandQueue queue = new CommandQueue(100, Long.MAX_VALUE);
    queue.offer(commands(0, 3));
    queue.offer(commands(3, 2));

    assertThat(indexes(queue.drain(4, Long.MAX_VALUE))).containsExactly(0, 1, 2, 3);
    assertThat(indexes(queue.drain(4, Long.MAX_VALUE))).containsExactly(4);
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.drain(4, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void shouldDrainUpToANumberOfBytesButAtLeastOne() {
    CommandQueue queue = new CommandQueue(100, Long.MAX_VALUE);
    queue.offer(commands(0, 5));

    assertThat(queue.drain(10, 2L * COMMAND_BYTES)).hasSize(2);
    assertThat(queue.drain(10, 3L * COMMAND_BYTES - 1)).hasSize(2);
    assertThat(queue.drain(10, 1)).hasSize(1);
  }

  @Test
  void shouldKeepTheOrderOfWhatIsPutBack() {
    CommandQueue queue = new CommandQueue(4, 4L * COMMAND_BYTES);
    queue.offer(commands(0, 4));
    List<QueuedCommand> drained = queue.drain(3, Long.MAX_VALUE);

    queue.putBack(drained.subList(1, 3));

    assertThat(queue.offer(commands(4, 2))).as("only one has gone").isFalse();
    assertThat(indexes(queue.drain(4, Long.MAX_VALUE))).containsExactly(1, 2, 3);
  }

  /** The bound on bytes is only worth something when estimates do not run below the truth. */
  @Test
  void shouldCountLinesAndTexts() {
    String reference = "é".repeat(64);
    Command lines = Requests.reserve("s", "r", Requests.line("a", 1), Requests.line("b", 1));
    CommandRequest request =
        new CommandRequest(lines, Requests.ALICE, reference, "k", 1, List.of());

    int bytes = new QueuedCommand(request, new Answers(), 0).bytes();

    assertThat(bytes - COMMAND_BYTES).isGreaterThanOrEqualTo(2 * reference.length() + 1 + 64);
  }

  private static List<Integer> indexes(List<QueuedCommand> commands) {
    return commands.stream().map(QueuedCommand::index).toList();
  }

  private static List<QueuedCommand> commands(int first, int count) {
    return IntStream.range(first, first + count).mapToObj(CommandQueueTest::command).toList();
  }

  private static QueuedCommand command(int index) {
    return new QueuedCommand(Requests.of(adjust("berlin", "tea", 1)), new Answers(), index);
  }
}
