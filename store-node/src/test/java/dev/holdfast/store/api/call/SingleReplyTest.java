package dev.holdfast.store.api.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.store.testing.Requests;
import org.junit.jupiter.api.Test;

final class SingleReplyTest {
  private final RecordedCaller<Position> caller = new RecordedCaller<>();
  private final SingleReply<Position> reply =
      new SingleReply<>(1, caller, (event, position) -> position, RefusalAnswers.DEFAULT);

  @Test
  void shouldEndAnAcceptedCallOnce() {
    Event event = new Event.ItemCreated(new StockKey("berlin", "tea"), StockLevel.opening(1));

    reply.decided(0, 5, new RecordedEvent(event, Requests.ALICE, "", "", 0));

    assertThat(caller.calls()).containsExactly("next", "completed");
    assertThat(caller.responses().get(0).getSequence()).isEqualTo(5);
  }

  @Test
  void shouldEndAFailedCallOnce() {
    reply.failed(0, Reason.OUTCOME_UNKNOWN, "who knows");

    assertThat(caller.calls()).containsExactly("error UNAVAILABLE: who knows");
  }
}
