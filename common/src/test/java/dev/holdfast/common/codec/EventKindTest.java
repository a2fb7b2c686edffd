package dev.holdfast.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventFacts;
import dev.holdfast.common.domain.EventKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class EventKindTest {
  @Test
  void shouldNumberKindsAsTheFieldsOfTheEventsBody() {
    for (Event event : SampleEvents.all()) {
      EventKind kind = event.kind();
      var body = EventCodec.toProto(SampleEvents.recorded(event), 0).getBodyCase();

      assertThat(kind.number()).isEqualTo(body.getNumber());
      assertThat(kind.name()).isEqualTo(body.name());
      assertThat(EventKind.of(body.getNumber())).isEqualTo(kind);
    }
  }

  @Test
  void shouldKnowTheFactsOfEveryTypeThatHasAFormat() {
    List<EventKind> kinds = SampleEvents.all().stream().map(Event::kind).distinct().toList();

    assertThat(kinds).containsExactlyInAnyOrder(EventKind.values());
    assertThat(records(Event.class))
        .as("all but what cannot be read")
        .hasSize(EventKind.values().length + 1);
  }

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(EventKindTest::records)
        : Stream.of(type);
  }

  @Test
  void shouldTellWhyACommandWasRefusedAndWhereItFailed() {
    EventFacts facts =
        SampleEvents.all().stream()
            .map(Event::facts)
            .filter(found -> found.kind() == EventKind.COMMAND_REJECTED)
            .findFirst()
            .get();

    assertThat(facts)
        .isEqualTo(
            new EventFacts(
                EventKind.COMMAND_REJECTED, "Zürich", "sku-1", "r-17", "INSUFFICIENT_STOCK"));
  }
}
