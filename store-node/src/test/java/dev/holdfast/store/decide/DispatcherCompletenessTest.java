package dev.holdfast.store.decide;

import static dev.holdfast.store.testing.Requests.adjust;
import static dev.holdfast.store.testing.Requests.confirm;
import static dev.holdfast.store.testing.Requests.createItem;
import static dev.holdfast.store.testing.Requests.line;
import static dev.holdfast.store.testing.Requests.release;
import static dev.holdfast.store.testing.Requests.reserve;
import static dev.holdfast.store.testing.TransferRequests.credit;
import static dev.holdfast.store.testing.TransferRequests.handover;
import static dev.holdfast.store.testing.TransferRequests.receive;
import static dev.holdfast.store.testing.TransferRequests.settle;
import static dev.holdfast.store.testing.TransferRequests.ship;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.CountStock;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.LeaseCommand;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.SubmitOrder;
import dev.holdfast.common.domain.TermsCommand;
import dev.holdfast.common.domain.TransferCommand;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.store.testing.MemoryState;
import dev.holdfast.store.testing.Requests;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command there is has a decider. */
final class DispatcherCompletenessTest {
  private static final StockKey TEA = new StockKey("berlin", "tea");

  static List<Command> commands() {
    return Stream.concat(ofStock().stream(), ofTransfers().stream()).toList();
  }

  private static List<Command> ofTransfers() {
    return List.of(
        ship("berlin", "t1", "oslo", line("tea", 1)),
        receive("berlin", "t1"),
        new TransferCommand.CancelTransfer(new TransferKey("berlin", "t1")),
        credit(1, handover("berlin", "t1", "oslo", line("tea", 1))),
        settle("berlin", "t1", 1, true));
  }

  private static List<Command> ofStock() {
    return List.of(
        createItem("berlin", "tea", 1),
        adjust("berlin", "tea", 1),
        reserve("berlin", "r1", line("tea", 1)),
        confirm("berlin", "r1"),
        release("berlin", "r1"),
        new TermsCommand.SetSafetyStock(TEA, 1, 0),
        new TermsCommand.SetItemFrozen(TEA, true, 0),
        new TermsCommand.DeleteItem(TEA, 0),
        new TermsCommand.SetStoreFrozen("berlin", true),
        new CountStock(TEA, 1, 0, CountStock.NOW, null),
        new SubmitOrder("berlin", List.of(adjust("berlin", "tea", 1))),
        new LeaseCommand.AcquireLease(TEA, "till 4", 2_000, 10),
        new LeaseCommand.RenewLease(TEA, 17, 2_000),
        new LeaseCommand.ReleaseLease(TEA, 17),
        Requests.extend("berlin", "r1", 1),
        Requests.replace("berlin", "r1", line("tea", 1)),
        Requests.expire("berlin", "r1"),
        new Command.EvictReceipts(17),
        new Command.RecordDigest());
  }

  @Test
  void shouldHaveASampleOfEveryCommand() {
    List<Class<?>> all = records(Command.class).distinct().toList();

    assertThat(commands()).extracting(Object::getClass).hasSameElementsAs(all);
  }

  /** Sealed interfaces may stand on each other. */
  private static Stream<Class<?>> records(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Arrays.stream(type.getPermittedSubclasses()).flatMap(DispatcherCompletenessTest::records);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void shouldDecideEveryCommand(Command command) {
    Decision decision = Dispatcher.decide(Requests.of(command), new MemoryState(), Requests.MOMENT);

    assertThat(decision).isInstanceOfAny(Decision.Decided.class, Decision.Refused.class);
  }

  @Test
  void shouldHaveAMutationOfEveryKind() {
    assertThat(commands())
        .filteredOn(Command.Mutation.class::isInstance)
        .extracting(command -> ((Command.Mutation) command).kind())
        .containsExactlyInAnyOrder(CommandKind.values());
  }

  @Test
  void shouldRecordWhoAskedAndWhy() {
    var request = Requests.of(createItem("berlin", "tea", 1), "key-1");

    Decision decision = Dispatcher.decide(request, new MemoryState(), Requests.MOMENT);

    var event = ((Decision.Decided) decision).event();
    assertThat(event.origin()).isEqualTo(request.origin());
    assertThat(event.idempotencyKey()).isEqualTo("key-1");
    assertThat(event.fingerprint()).isEqualTo(request.fingerprint());
    assertThat(event.receiptKey()).isEqualTo(request.receiptKey());
  }

  @Test
  void shouldEvictWhatItIsTold() {
    Decision decision =
        Dispatcher.decide(
            Requests.of(new Command.EvictReceipts(17)), new MemoryState(), Requests.MOMENT);

    assertThat(((Decision.Decided) decision).event().event())
        .isEqualTo(new Event.ReceiptsEvicted(17));
  }
}
