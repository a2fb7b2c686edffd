package dev.holdfast.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.Reservation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The persisted bytes, one file an event type. A red test here means that logs written before
 * cannot be read any more: change the code, never the golden file.
 */
final class EventBatchGoldenTest {
  static Stream<Event> events() {
    return SampleEvents.all().stream();
  }

  /** All but rejections, whose golden bytes have more facts than any code comes with. */
  static Stream<Event> exactEvents() {
    return events().filter(event -> !(event instanceof Event.CommandRejected));
  }

  @ParameterizedTest
  @MethodSource("exactEvents")
  void shouldWriteTheGoldenBytes(Event event) {
    byte[] encoded = EventBatchCodec.encode(SampleEvents.batchOf(List.of(event)));

    assertThat(HexFormat.of().formatHex(encoded)).isEqualTo(golden(event.getClass()));
  }

  @ParameterizedTest
  @MethodSource("events")
  void shouldReadTheGoldenBytes(Event event) throws UnreadableException {
    EventBatch batch = EventBatchCodec.decode(HexFormat.of().parseHex(golden(event.getClass())));

    EventBatch expected = SampleEvents.batchOf(List.of(event));
    assertThat(batch).usingRecursiveComparison().isEqualTo(expected);
    assertThat(batch.events()).isEqualTo(expected.events());
  }

  static Stream<Event> fullEvents() {
    return SampleEvents.full().stream();
  }

  @ParameterizedTest
  @MethodSource("fullEvents")
  void shouldKeepTheGoldenBytesOfAllFields(Event event) throws UnreadableException {
    EventBatch batch = SampleEvents.batchOf(List.of(event));
    String golden = golden(event.getClass().getSimpleName() + "-full");

    assertThat(HexFormat.of().formatHex(EventBatchCodec.encode(batch))).isEqualTo(golden);
    assertThat(EventBatchCodec.decode(HexFormat.of().parseHex(golden)).events())
        .isEqualTo(batch.events());
  }

  @Test
  void shouldKeepTheGoldenBytesOfEveryRejection() throws UnreadableException {
    EventBatch batch = SampleEvents.batchOf(SampleEvents.rejections());

    assertThat(HexFormat.of().formatHex(EventBatchCodec.encode(batch)))
        .isEqualTo(golden("Rejections"));
    assertThat(EventBatchCodec.decode(HexFormat.of().parseHex(golden("Rejections"))).events())
        .isEqualTo(batch.events());
  }

  @Test
  void shouldReadTheFactsThatTheCodeOfARejectionComesWith() throws UnreadableException {
    byte[] everyField = HexFormat.of().parseHex(golden("CommandRejected-full"));

    Event closed =
        SampleEvents.rejected(
            new Rejection.ReservationIs(
                RejectionCode.RESERVATION_CLOSED, Reservation.State.RELEASED));
    assertThat(EventBatchCodec.decode(everyField).events())
        .containsExactly(SampleEvents.recorded(closed));
  }

  @Test
  void shouldKeepTheBytesOfWhatHasAFieldMore() throws UnreadableException {
    byte[] encoded = EventBatchCodec.encode(SampleEvents.batchOf(SampleEvents.again()));

    assertThat(HexFormat.of().formatHex(encoded)).isEqualTo(golden("Again"));
    assertThat(EventBatchCodec.decode(encoded).events())
        .isEqualTo(SampleEvents.batchOf(SampleEvents.again()).events());
  }

  @Test
  void shouldKeepTheBytesOfWhatTellsMore() throws UnreadableException {
    byte[] encoded = EventBatchCodec.encode(SampleEvents.batchOf(SampleEvents.third()));

    assertThat(HexFormat.of().formatHex(encoded)).isEqualTo(golden("Third"));
    assertThat(EventBatchCodec.decode(encoded).events())
        .isEqualTo(SampleEvents.batchOf(SampleEvents.third()).events());
  }

  @Test
  void shouldHaveASampleOfEveryEventThereIs() {
    assertThat(SampleEvents.all())
        .<Class<?>>extracting(Event::getClass)
        .containsExactlyInAnyOrderElementsOf(written());
  }

  /** All but the one that stands for what cannot be read. */
  private static List<Class<?>> written() {
    return records(Event.class).filter(type -> type != Event.Unreadable.class).toList();
  }

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventBatchGoldenTest::records)
        : Stream.of(type);
  }

  @Test
  void shouldHaveAFoldForEveryEventThereIs() {
    CollectedChanges changes = new CollectedChanges();

    for (Event event : SampleEvents.possible()) {
      SampleEvents.recorded(event).foldInto(changes, 1);
    }

    // One each for the reservation's six, one for the order.
    assertThat(changes.reservationWrites).isEqualTo(6 + 1);
    assertThat(changes.leaseWrites).isEqualTo(2 + 1 + 1);
    assertThat(changes.storeWrites).isEqualTo(1);
    // Of transfers one level each for shipped, lost and cancelled and two credited. Four times a
    // transfer is written, as
    // are channels, and twice a hand-over.
    assertThat(changes.stockWrites).isEqualTo(2 + 5 * 2 + 2 + 3 + 3 + 2);
    assertThat(changes.transferWrites).isEqualTo(4 + 4 + 2);
  }

  @Test
  void shouldHaveADomainEventForEveryBodyOfTheFormat() {
    var bodies = dev.holdfast.proto.log.v1.Event.BodyCase.values();

    assertThat(bodies.length - 1).isEqualTo(SampleEvents.all().size()); // less BODY_NOT_SET
  }

  private static String golden(Class<?> type) {
    return golden(type.getSimpleName());
  }

  private static String golden(String file) {
    String name = "/golden/" + file + ".hex";
    try (InputStream in = EventBatchGoldenTest.class.getResourceAsStream(name)) {
      assertThat(in).as("golden file %s", name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
