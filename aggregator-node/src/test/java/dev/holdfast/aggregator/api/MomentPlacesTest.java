package dev.holdfast.aggregator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.hash.HashCode;
import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.aggregator.storage.ViewStore;
import dev.holdfast.aggregator.testing.TestKeys;
import dev.holdfast.aggregator.testing.TestViews;
import dev.holdfast.aggregator.view.HistorySince;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.StatusReader;
import dev.holdfast.proto.inventory.v1.Moment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history that begins behind sequence 5, of time 500, in a view that includes 9. */
class MomentPlacesTest {
  private static final HistorySince SINCE = new HistorySince(5, 500);

  private ViewStore store;
  private ViewReading reading;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    store = ViewStore.open(directory, "c1", "agg", TestKeys.usual());
    ViewCursor cursor = ViewCursor.START.at(9, HashCode.fromBytes(new byte[] {1}), 900);
    store.write(
        TestViews.update(Map.of(), Map.of(), Map.of(), Map.of(0, cursor), List.of()),
        LetterUpdate.NONE);
    reading = new ViewReading(store.cut(), List.of(0L));
  }

  @AfterEach
  void close() {
    reading.close();
    store.close();
  }

  private @Nullable Reason refusal(Moment.Builder moment) {
    Throwable refused =
        catchThrowable(
            () -> MomentPlaces.check(moment.build(), SINCE, new HistoryService.Place(0, reading)));
    return refused == null ? null : StatusReader.reasonOf(refused);
  }

  @Test
  void shouldKnowEveryMomentFromTheBeginningToTheEnd() {
    assertThat(refusal(Moment.newBuilder().setSequence(5))).isNull();
    assertThat(refusal(Moment.newBuilder().setSequence(9))).isNull();
    assertThat(refusal(Moment.newBuilder().setTimeMillis(500))).isNull();
  }

  /** What was before is gone, and no guess is made. */
  @Test
  void shouldRefuseAMomentBeforeTheHistoryBegins() {
    assertThat(refusal(Moment.newBuilder().setSequence(4))).isEqualTo(Reason.HISTORY_TRUNCATED);
    assertThat(refusal(Moment.newBuilder().setTimeMillis(499))).isEqualTo(Reason.HISTORY_TRUNCATED);
  }

  @Test
  void shouldRefuseASequenceThatHasNotCome() {
    assertThat(refusal(Moment.newBuilder().setSequence(10))).isEqualTo(Reason.AHEAD_OF_LOG);
  }
}
