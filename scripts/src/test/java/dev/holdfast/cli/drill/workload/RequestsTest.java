package dev.holdfast.cli.drill.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.holdfast.cli.drill.history.Fields;
import dev.holdfast.cli.drill.history.Kind;
import dev.holdfast.cli.drill.history.Recordable;
import dev.holdfast.cli.drill.workload.RandomRequests.Mix;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RequestsTest {
  private static final int MANY = 3_000;

  @Test
  void shouldAskForTheSameWithTheSameSeed() {
    assertThat(requests(7)).isEqualTo(requests(7)).isNotEqualTo(requests(8));
    assertThat(batches(7, 20)).isEqualTo(batches(7, 20)).isNotEqualTo(batches(8, 20));
  }

  @Test
  void shouldAskForEveryKind() {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    requests(1).forEach(request -> kinds.add(Kind.of(request)));

    assertThat(kinds).containsExactlyInAnyOrder(Kind.values());
  }

  @Test
  void shouldSendEveryKindOfCommandInBatches() {
    Set<Command.OperationCase> kinds = EnumSet.noneOf(Command.OperationCase.class);
    commands(batches(1, 50)).forEach(command -> kinds.add(command.getOperationCase()));

    assertThat(kinds)
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(EnumSet.of(Command.OperationCase.OPERATION_NOT_SET)));
  }

  @Test
  void shouldSendLargeBatches() {
    assertThat(batches(1, 200))
        .extracting(SubmitBatchRequest::getCommandsCount)
        .allMatch(count -> count >= 50 && count <= 200)
        .satisfies(counts -> assertThat(new HashSet<>(counts)).hasSizeGreaterThan(50));
  }

  @Test
  void shouldBeCheckableAndNobodyElses() {
    Set<String> keys = new HashSet<>();
    Stream.concat(requests(3).stream(), batches(3, 20).stream())
        .flatMap(RequestsTest::parts)
        .forEach(
            request -> {
              Recordable.check(request);
              if (!Kind.of(request).isRead()) {
                assertThat(Fields.key(request)).startsWith("mine-");
                assertThat(keys.add(Fields.key(request))).isTrue();
              }
              for (String name : List.of("reservation_id", "transfer_id")) {
                assertThat(Fields.text(request, name)).matches("|mine-.*");
              }
            });
  }

  private static Ground ground(String prefix) {
    List<String> stores = List.of("east", "west", "port");
    return new Ground(prefix, stores, List.of("tea", "ice", "rye"), 5, 9_000);
  }

  private static Stream<Message> parts(Message request) {
    return request instanceof SubmitBatchRequest batch
        ? batch.getCommandsList().stream().map(Recordable::operation)
        : Stream.of(request);
  }

  private static List<Message> requests(long seed) {
    RandomRequests requests =
        new RandomRequests(new Random(seed), Mix.EVERYTHING, ground("mine-1-"));
    return IntStream.range(0, MANY).mapToObj(i -> requests.next()).toList();
  }

  private static List<SubmitBatchRequest> batches(long seed, int count) {
    BatchRequests requests = new BatchRequests(new Random(seed), ground("mine-2-"));
    return IntStream.range(0, count).mapToObj(i -> requests.next()).toList();
  }

  private static Stream<Command> commands(List<SubmitBatchRequest> batches) {
    return batches.stream().flatMap(batch -> batch.getCommandsList().stream());
  }
}
