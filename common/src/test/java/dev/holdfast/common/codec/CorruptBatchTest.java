package dev.holdfast.common.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.proto.log.v1.CommandRejected;
import dev.holdfast.proto.log.v1.Event;
import dev.holdfast.proto.log.v1.EventBatch;
import dev.holdfast.proto.log.v1.ItemCreated;
import dev.holdfast.proto.log.v1.Level;
import dev.holdfast.proto.log.v1.Origin;
import dev.holdfast.proto.log.v1.StockAdjusted;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, reading them ends in a batch or in {@link UnreadableException}. */
final class CorruptBatchTest {
  private static final byte[] SAMPLE =
      EventBatchCodec.encode(SampleEvents.batchOf(SampleEvents.all()));

  @Test
  void shouldNeverReadATruncatedBatchAsTheWholeOne() {
    for (int length = 0; length < SAMPLE.length; length++) {
      byte[] cut = Arrays.copyOf(SAMPLE, length);

      assertThat(eventsOf(cut)).as("cut at %d", length).isLessThan(SampleEvents.all().size());
    }
  }

  @Test
  void shouldSurviveEveryFlippedBit() {
    for (int bit = 0; bit < SAMPLE.length * Byte.SIZE; bit++) {
      byte[] flipped = SAMPLE.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);

      assertThat(eventsOf(flipped)).as("bit %d", bit).isLessThan(SAMPLE.length);
      assertThat(BatchHash.of(flipped)).as("bit %d", bit).isNotEqualTo(BatchHash.of(SAMPLE));
    }
  }

  @Property
  void shouldSurviveAnyBytes(@ForAll byte[] bytes) {
    assertThat(eventsOf(bytes)).isLessThanOrEqualTo(bytes.length);
  }

  /** The number of events, -1 when the bytes are refused; fails with any other exception. */
  private static int eventsOf(byte[] bytes) {
    try {
      EventBatchCodec.countEvents(bytes);
    } catch (UnreadableException expected) {
      // Counting looks at less than reading does, so it may find less.
    }
    try {
      return EventBatchCodec.decode(bytes).events().size();
    } catch (UnreadableException expected) {
      return -1;
    }
  }

  @Test
  void shouldRefuseAnotherFormat() {
    assertCorrupt(valid().clearFormat(), "unknown batch format 0");
  }

  private static Event newer() {
    var field = UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.EMPTY).build();
    return Event.newBuilder()
        .setUnknownFields(UnknownFieldSet.newBuilder().addField(99, field).build())
        .build();
  }

  @Test
  void shouldRefuseAnUnknownEventType() {
    assertNewer(valid().addEvents(newer()), "field 99 of holdfast.log.v1.Event");
    assertCorrupt(valid().addEvents(Event.newBuilder()), "without a body");
  }

  @Test
  void shouldReadTheOthersWhenAnEventIsOfAnUnknownType() throws UnreadableException {
    byte[] batch = valid().addEvents(newer()).addEvents(created()).build().toByteArray();

    List<RecordedEvent> events = EventBatchCodec.decodeLeniently(batch).events();

    assertThat(events.get(0).event())
        .isEqualTo(
            new dev.holdfast.common.domain.Event.Unreadable(
                "needs a newer build: it holds field 99 of holdfast.log.v1.Event, which this build"
                    + " does not know"));
    assertThat(events.get(1).event())
        .isInstanceOf(dev.holdfast.common.domain.Event.ItemCreated.class);
    assertThat(RawEvents.at(batch, 0)).isEqualTo(newer().toByteArray());
    assertThat(RawEvents.decode(RawEvents.at(batch, 1))).isEqualTo(events.get(1).event());
  }

  @Test
  void shouldSayThatThereIsNoSuchEvent() {
    assertThatThrownBy(() -> RawEvents.at(SAMPLE, SampleEvents.all().size()))
        .isInstanceOf(CorruptBatchException.class);
    assertThatThrownBy(() -> RawEvents.decode(newer().toByteArray()))
        .isInstanceOf(NeedsNewerBuildException.class)
        .hasMessageContaining("field 99 of holdfast.log.v1.Event");
  }

  @Test
  void shouldRefuseAnOriginThatIsNotThere() {
    assertCorrupt(valid().addEvents(created().setOrigin(1)), "origin");
    assertCorrupt(valid().addEvents(created().setOrigin(-1)), "origin");
    assertCorrupt(valid().clearOrigins().addEvents(created()), "origin");
  }

  @Test
  void shouldRefuseAnImpossibleLevel() {
    assertCorrupt(valid().addEvents(created(3, 4, 1)), "impossible stock");
    assertCorrupt(valid().addEvents(created(-1, 0, 1)), "impossible stock");
    assertCorrupt(valid().addEvents(created(3, -1, 1)), "impossible stock");
    assertCorrupt(valid().addEvents(created(3, 0, 0)), "impossible stock");
    assertCorrupt(valid().addEvents(created(1_000_000_000_001L, 0, 1)), "impossible stock");
  }

  @Test
  void shouldRefuseUnknownNumbersOfEnums() {
    assertCorrupt(
        valid().addEvents(Event.newBuilder().setStockAdjusted(adjusted(0))), "adjustment reason");
    assertNewer(
        valid().addEvents(Event.newBuilder().setStockAdjusted(adjusted(7))),
        "the number 7 in holdfast.log.v1.StockAdjusted.reason");
    assertNewer(
        valid().addEvents(Event.newBuilder().setCommandRejected(rejected(99, 1))),
        "the number 99 in holdfast.log.v1.CommandRejected.command");
    assertNewer(
        valid().addEvents(Event.newBuilder().setCommandRejected(rejected(1, 99))),
        "the number 99 in holdfast.log.v1.CommandRejected.code");
  }

  private static void assertCorrupt(EventBatch.Builder batch, String message) {
    assertThatThrownBy(() -> EventBatchCodec.decode(batch.build().toByteArray()))
        .isInstanceOf(CorruptBatchException.class)
        .hasMessageContaining(message);
  }

  private static void assertNewer(EventBatch.Builder batch, String message) {
    assertThatThrownBy(() -> EventBatchCodec.decode(batch.build().toByteArray()))
        .isInstanceOf(NeedsNewerBuildException.class)
        .hasMessageContaining(message);
  }

  private static EventBatch.Builder valid() {
    return EventBatch.newBuilder().setFormat(1).setFirstSequence(1).addOrigins(Origin.newBuilder());
  }

  private static Event.Builder created() {
    return created(3, 0, 1);
  }

  private static Event.Builder created(long onHand, long reserved, long version) {
    Level.Builder level =
        Level.newBuilder().setOnHand(onHand).setReserved(reserved).setVersion(version);
    return Event.newBuilder().setItemCreated(ItemCreated.newBuilder().setAfter(level));
  }

  private static StockAdjusted.Builder adjusted(int reason) {
    return StockAdjusted.newBuilder()
        .setReasonValue(reason)
        .setAfter(Level.newBuilder().setVersion(1));
  }

  private static CommandRejected.Builder rejected(int command, int code) {
    return CommandRejected.newBuilder().setCommandValue(command).setCodeValue(code);
  }
}
