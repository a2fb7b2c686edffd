package dev.holdfast.store.decide;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.CaseFormat;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.partition.PartitionMap;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.ReceiveTransferResponse;
import dev.holdfast.store.api.call.MutationKind;
import dev.holdfast.store.api.inventory.BatchAnswers;
import dev.holdfast.store.api.lease.LeaseKinds;
import dev.holdfast.store.api.lease.LeaseSettings;
import dev.holdfast.store.api.order.OrderKinds;
import dev.holdfast.store.api.reservation.ReservationKinds;
import dev.holdfast.store.api.stock.StockKinds;
import dev.holdfast.store.api.terms.TermsKinds;
import dev.holdfast.store.api.transfer.TransferKinds;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.Test;

/**
 * Every event that a decider accepts a caller's command with has an answer in the command's row.
 */
final class AnswerRowsPropertyTest {
  private static final Set<CommandKind> OF_NO_CALLER =
      EnumSet.of(
          CommandKind.EXPIRE_RESERVATION, CommandKind.CREDIT_TRANSFER, CommandKind.SETTLE_HANDOVER);
  private static final Set<CommandKind> CALLERS =
      EnumSet.complementOf(EnumSet.copyOf(OF_NO_CALLER));
  private static final LeaseSettings LEASES =
      new LeaseSettings(true, Duration.ofSeconds(2), Duration.ofSeconds(1), 10);
  private static final List<MutationKind<?, ?, ?>> OF_BATCHES =
      Stream.of(StockKinds.ALL, ReservationKinds.ALL).flatMap(List::stream).toList();
  private static final Map<CommandKind, MutationKind<?, ?, ?>> ROWS =
      rows().collect(Collectors.toMap(AnswerRowsPropertyTest::kind, Function.identity()));

  /**
   * Kinds of which some command was accepted. The seed is fixed, so that chance leaves none out.
   */
  private static final Set<CommandKind> ACCEPTED = EnumSet.noneOf(CommandKind.class);

  private static Stream<MutationKind<?, ?, ?>> rows() {
    LeaseKinds leases = LeaseKinds.of(LEASES, store -> 0);
    TransferKinds transfers =
        TransferKinds.of(
            new PartitionMap(1, Map.of()),
            (event, at) -> ReceiveTransferResponse.getDefaultInstance());
    return Stream.concat(
        OF_BATCHES.stream(),
        Stream.of(
            OrderKinds.ORDER,
            TermsKinds.SAFETY_STOCK,
            TermsKinds.ITEM_FROZEN,
            TermsKinds.DELETE,
            TermsKinds.STORE_FROZEN,
            leases.acquire(),
            leases.renew(),
            leases.release(),
            transfers.ship(),
            transfers.receive(),
            transfers.cancel()));
  }

  /** Calls and commands have the same names. */
  private static CommandKind kind(MutationKind<?, ?, ?> row) {
    String call = row.method().getBareMethodName();
    return CommandKind.valueOf(CaseFormat.UPPER_CAMEL.to(CaseFormat.UPPER_UNDERSCORE, call));
  }

  @Test
  void shouldHaveARowForEveryCommandOfACaller() {
    assertThat(ROWS.keySet()).isEqualTo(CALLERS);
  }

  @Provide
  Arbitrary<List<RandomSteps.Step>> histories() {
    return RandomSteps.histories();
  }

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE, seed = "11")
  void shouldAnswerEveryEventThatACommandIsAcceptedWith(
      @ForAll("histories") List<RandomSteps.Step> steps) {
    new AuditedHistory(AnswerRowsPropertyTest::answer).run(steps);
  }

  private static void answer(Command command, Event event) {
    if (event instanceof Event.CommandRejected
        || !(command instanceof Command.Mutation mutation)
        || OF_NO_CALLER.contains(mutation.kind())) {
      return;
    }
    MutationKind<?, ?, ?> row = Objects.requireNonNull(ROWS.get(mutation.kind()));
    assertThat(row.response(event, Position.getDefaultInstance())).isNotNull();
    if (OF_BATCHES.contains(row)) {
      assertThat(BatchAnswers.accepted(event)).isNotNull();
    }
    ACCEPTED.add(mutation.kind());
  }

  @AfterContainer
  static void shouldHaveSeenEveryCommandAccepted() {
    assertThat(ACCEPTED).isEqualTo(CALLERS);
  }
}
