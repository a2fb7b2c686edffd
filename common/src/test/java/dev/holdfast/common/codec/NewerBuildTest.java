package dev.holdfast.common.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import dev.holdfast.common.codec.NewerMessages.Newer;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.proto.cluster.v1.HandoverProto;
import dev.holdfast.proto.log.v1.LogProto;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a newer build wrote is refused whole, wherever in it the new thing stands. */
final class NewerBuildTest {
  private static final int DEPTH = 4;

  static Stream<Descriptor> persisted() {
    return Stream.of(LogProto.getDescriptor(), HandoverProto.getDescriptor())
        .flatMap(file -> file.getMessageTypes().stream());
  }

  @ParameterizedTest
  @MethodSource("persisted")
  void shouldFindWhatIsNewAtAnyPlaceOfAnyMessage(Descriptor type) {
    KnownFields known = KnownFields.of(type);
    for (Message message : NewerMessages.filled(type, DEPTH)) {
      assertThatCode(() -> known.check(message.toByteArray())).doesNotThrowAnyException();
      for (Newer newer : NewerMessages.of(message)) {
        assertThatThrownBy(() -> known.check(newer.message().toByteArray()))
            .isInstanceOfSatisfying(
                NeedsNewerBuildException.class, e -> assertThat(e.what()).isEqualTo(newer.what()));
      }
    }
  }

  static Stream<Event> events() {
    return Stream.of(
            SampleEvents.all(),
            SampleEvents.full(),
            SampleEvents.third(),
            SampleEvents.rejections())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("events")
  void shouldNotReadABatchOfWhichItDoesNotKnowEverything(Event event) throws Exception {
    for (Newer newer : NewerMessages.of(batch(List.of(event)))) {
      byte[] encoded = newer.message().toByteArray();

      assertThatThrownBy(() -> EventBatchCodec.decode(encoded))
          .isInstanceOf(NeedsNewerBuildException.class)
          .hasMessageContaining(newer.what())
          .hasMessageNotContainingAny("corrupt", "wipe");
    }
  }

  @ParameterizedTest
  @MethodSource("events")
  void shouldPutASingleEventAsideWholeForALenientReader(Event event) throws Exception {
    var batch = batch(SampleEvents.all());
    for (Newer newer : NewerMessages.of(batch(List.of(event)).getEvents(0))) {
      var each = (dev.holdfast.proto.log.v1.Event) newer.message();
      byte[] encoded = batch.toBuilder().addEvents(1, each).build().toByteArray();

      List<RecordedEvent> read = EventBatchCodec.decodeLeniently(encoded).events();

      assertThat(read.get(1).event()).isInstanceOf(Event.Unreadable.class);
      assertThat(read.get(1).event().toString()).contains("needs a newer build", newer.what());
      assertThat(read.get(1).isReceipt()).isFalse();
      assertThat(read.stream().filter(one -> one.event() instanceof Event.Unreadable)).hasSize(1);
      byte[] raw = RawEvents.at(encoded, 1);
      assertThatThrownBy(() -> RawEvents.decode(raw, Origin.SYSTEM))
          .isInstanceOf(NeedsNewerBuildException.class);
      assertThat(RawEvents.text(raw)).isNotEmpty();
    }
  }

  @Test
  void shouldPutNothingAsideWhenTheBatchItselfIsNewer() throws Exception {
    var batch = batch(SampleEvents.all());
    for (Newer newer : NewerMessages.of(batch.toBuilder().clearEvents().build())) {
      byte[] encoded =
          ((dev.holdfast.proto.log.v1.EventBatch) newer.message())
              .toBuilder().addAllEvents(batch.getEventsList()).build().toByteArray();

      assertThatThrownBy(() -> EventBatchCodec.decodeLeniently(encoded))
          .isInstanceOf(NeedsNewerBuildException.class)
          .hasMessageContaining(newer.what());
    }
  }

  @Test
  void shouldCallAHigherFormatNewerHoweverMuchOfABatchItReads() throws Exception {
    byte[] encoded = batch(SampleEvents.all()).toBuilder().setFormat(2).build().toByteArray();

    Stream.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
            () -> EventBatchCodec.decode(encoded),
            () -> EventBatchCodec.decodeLeniently(encoded),
            () -> EventBatchCodec.countEvents(encoded),
            () -> EventBatchCodec.head(encoded))
        .forEach(
            reading ->
                assertThatThrownBy(reading)
                    .isInstanceOf(NeedsNewerBuildException.class)
                    .hasMessageContaining("batch format 2"));
  }

  private static dev.holdfast.proto.log.v1.EventBatch batch(List<Event> events) throws Exception {
    EventBatch batch = SampleEvents.batchOf(events);
    return dev.holdfast.proto.log.v1.EventBatch.parseFrom(EventBatchCodec.encode(batch));
  }
}
