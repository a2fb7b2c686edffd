package dev.holdfast.store.api.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.StatusReader;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.Shortfall;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ShortAnswersTest {
  /** What gRPC clients take by default. */
  private static final int CLIENT_BYTES_MAX = 4 << 20;

  private static final String LONG = "€".repeat(42);

  @Test
  void shouldAnswerInFullWhileThereIsRoom() {
    List<CommandOutcome> outcomes = Collections.nCopies(100, baskets(50));

    SubmitBatchResponse answer = ShortAnswers.fitting(outcomes);

    assertThat(answer.getOutcomesList()).isEqualTo(outcomes);
    assertThat(answer.getShortened()).isFalse();
  }

  /** 900 baskets, each of a small command, and none of them may be lost to the answer's size. */
  @Test
  void shouldTellWhatBecameOfEachCommandWhateverItsAnswerTakes() {
    SubmitBatchResponse answer = ShortAnswers.fitting(Collections.nCopies(900, baskets(50)));

    assertThat(answer.getSerializedSize()).isLessThanOrEqualTo(CLIENT_BYTES_MAX);
    assertThat(answer.getShortened()).isTrue();
    assertThat(answer.getOutcomesList())
        .hasSize(900)
        .allSatisfy(
            outcome -> {
              assertThat(outcome.getAccepted().getReservationId()).isEqualTo(LONG);
              assertThat(outcome.getAccepted().getPosition().getSequence()).isEqualTo(1L << 50);
            });
  }

  @Test
  void shouldFitTheMostCommandsWithTheLongestNames() {
    assertThat(ShortAnswers.fitting(Collections.nCopies(10_000, baskets(1))).getSerializedSize())
        .isLessThanOrEqualTo(CLIENT_BYTES_MAX);
    assertThat(ShortAnswers.fitting(Collections.nCopies(10_000, refusal())).getSerializedSize())
        .isLessThanOrEqualTo(CLIENT_BYTES_MAX);
  }

  @Test
  void shouldKeepTheReasonOfARefusal() {
    SubmitBatchResponse answer = ShortAnswers.fitting(Collections.nCopies(10_000, refusal()));

    assertThat(answer.getOutcomesList())
        .allMatch(o -> StatusReader.reasonOf(o.getError()) == Reason.INSUFFICIENT_STOCK);
  }

  private static CommandOutcome baskets(int lines) {
    Accepted.Builder accepted =
        Accepted.newBuilder()
            .setReservationId(LONG)
            .setReservationVersion(Long.MAX_VALUE)
            .setExpiresMillis(Long.MAX_VALUE)
            .setCountDifference(Long.MIN_VALUE)
            .setPosition(Position.newBuilder().setPartition(1_000).setSequence(1L << 50));
    for (int line = 0; line < lines; line++) {
      accepted.addStock(StockLevel.newBuilder().setStore(LONG).setSku(LONG).setOnHand(1L << 50));
      accepted.addShortfalls(Shortfall.newBuilder().setSku(LONG));
    }
    return CommandOutcome.newBuilder().setAccepted(accepted).build();
  }

  private static CommandOutcome refusal() {
    Map<String, String> facts = Map.of("store", LONG, "sku", LONG, "requested", "1", "held", "5");
    Refusal refusal =
        new Refusal(Reason.INSUFFICIENT_STOCK, "SKU '" + LONG + "' has too few", facts);
    return CommandOutcome.newBuilder().setError(Statuses.of(refusal)).build();
  }
}
