package dev.holdfast.common.codec;

import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.LeaseEvent;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.domain.ReservationStep;
import dev.holdfast.common.domain.SampleRejections;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.TermsEvent;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Batches of everything that the types allow. */
final class RandomBatches {
  private RandomBatches() {}

  static Arbitrary<EventBatch> batches() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 1_000),
            Arbitraries.longs().between(0, Long.MAX_VALUE),
            Arbitraries.longs().between(0, Long.MAX_VALUE),
            Arbitraries.longs(),
            Arbitraries.bytes().array(byte[].class).ofSize(32),
            recorded().list().ofMaxSize(8))
        .as(EventBatch::new);
  }

  private static Arbitrary<RecordedEvent> recorded() {
    Arbitrary<Origin> origins =
        Combinators.combine(
                Arbitraries.of("request-1", "request-2", ""), Arbitraries.of("alice", "bob"))
            .as(Origin::new);
    return Combinators.combine(events(), origins, texts(), texts(), Arbitraries.longs())
        .as(RecordedEvent::new);
  }

  private static Arbitrary<Event> events() {
    return Arbitraries.oneOf(
        Combinators.combine(items(), levels()).as(Event.ItemCreated::new),
        Combinators.combine(
                items(),
                Arbitraries.longs(),
                Arbitraries.of(AdjustmentReason.class),
                levels(),
                Arbitraries.longs())
            .as(Event.StockAdjusted::new),
        Combinators.combine(
                RandomReservations.keys(),
                lines(),
                RandomReservations.lives(),
                texts(),
                RandomReservations.shortfalls())
            .as(ReservationEvent.StockReserved::new),
        Combinators.combine(RandomReservations.keys(), lines(), RandomReservations.steps())
            .as(ReservationEvent.ReservationConfirmed::new),
        Combinators.combine(RandomReservations.keys(), lines(), RandomReservations.steps())
            .as(ReservationEvent.ReservationReleased::new),
        Combinators.combine(RandomReservations.keys(), RandomReservations.steps())
            .as(ReservationEvent.ReservationExtended::new),
        Combinators.combine(
                RandomReservations.keys(),
                lines(),
                RandomReservations.steps(),
                RandomReservations.shortfalls())
            .as(ReservationEvent.ReservationReplaced::new),
        Combinators.combine(RandomReservations.keys(), lines(), Arbitraries.longs())
            .as(
                (key, lines, at) ->
                    new ReservationEvent.ReservationExpired(key, lines, closed(at))),
        Combinators.combine(Arbitraries.of(CommandKind.class), texts(), texts(), rejections())
            .as(Event.CommandRejected::new),
        Arbitraries.longs().map(Event.ReceiptsEvicted::new),
        digests().map(Event.StateDigestRecorded::new),
        Combinators.combine(items(), levels(), levels()).as(TermsEvent.ItemTermsChanged::new),
        Combinators.combine(texts(), Arbitraries.of(true, false), Arbitraries.of(true, false))
            .as(TermsEvent.StoreTermsChanged::new),
        Combinators.combine(
                items(), Arbitraries.longs(), Arbitraries.longs(), Arbitraries.longs(), levels())
            .as(Event.StockCounted::new),
        Combinators.combine(texts(), steps()).as(Event.OrderExecuted::new),
        Combinators.combine(items(), leases(), items().list().ofMaxSize(3))
            .as(LeaseEvent.LeaseGranted::new),
        Combinators.combine(items(), leases()).as(LeaseEvent.LeaseRenewed::new),
        Combinators.combine(items(), Arbitraries.longs()).as(LeaseEvent.LeaseReleased::new));
  }

  private static Arbitrary<List<Event>> steps() {
    return Arbitraries.<Event>oneOf(
            Combinators.combine(
                    items(), Arbitraries.longs(), Arbitraries.of(AdjustmentReason.class), levels())
                .as(Event.StockAdjusted::new),
            Combinators.combine(RandomReservations.keys(), lines(), RandomReservations.steps())
                .as(ReservationEvent.ReservationConfirmed::new))
        .list()
        .ofMaxSize(5);
  }

  private static Arbitrary<Lease> leases() {
    return Combinators.combine(texts(), Arbitraries.longs(), Arbitraries.longs()).as(Lease::new);
  }

  private static Arbitrary<StateDigest> digests() {
    return Combinators.combine(
            Arbitraries.longs(),
            Arbitraries.longs(),
            Arbitraries.longs(),
            Arbitraries.longs(),
            Arbitraries.longs(),
            Arbitraries.longs())
        .as(StateDigest::new);
  }

  private static Arbitrary<Rejection> rejections() {
    return Combinators.combine(
            Arbitraries.of(RejectionCode.class),
            texts(),
            Arbitraries.of(Reservation.State.class),
            Arbitraries.longs().array(long[].class).ofSize(5))
        .as(SampleRejections::of);
  }

  private static Arbitrary<StockKey> items() {
    return Combinators.combine(texts(), texts()).as(StockKey::new);
  }

  private static ReservationStep closed(long expiresBefore) {
    return new ReservationStep(expiresBefore, null);
  }

  private static Arbitrary<List<LineChange>> lines() {
    return Combinators.combine(texts(), Arbitraries.longs(), levels(), Arbitraries.longs())
        .as(LineChange::new)
        .list()
        .ofMaxSize(4);
  }

  private static Arbitrary<StockLevel> levels() {
    Arbitrary<Long> onHand = Arbitraries.longs().between(0, StockLevel.QUANTITY_MAX);
    Arbitrary<Long> versions = Arbitraries.longs().between(1, Long.MAX_VALUE);
    return Combinators.combine(
            onHand,
            Arbitraries.doubles().between(0, 1),
            versions,
            Arbitraries.longs(),
            Arbitraries.longs().between(0, StockLevel.QUANTITY_MAX),
            Arbitraries.of(StockLevel.State.class))
        .as(RandomBatches::level);
  }

  private static StockLevel level(
      long onHand,
      double part,
      long version,
      long netShipped,
      long safety,
      StockLevel.State state) {
    return state == StockLevel.State.DELETED
        ? new StockLevel(0, 0, version, netShipped, safety, state)
        : new StockLevel(onHand, (long) (onHand * part), version, netShipped, safety, state);
  }

  /** Text as UTF-8 can carry it: no half of a surrogate pair alone. */
  static Arbitrary<String> texts() {
    Arbitrary<String> plain =
        Arbitraries.strings().withCharRange(' ', '\ud7ff').withChars('\0', '\uffff').ofMaxLength(9);
    return Arbitraries.oneOf(
        plain, Arbitraries.of("", "sku-1", "Zürich", "📦 crate", "\ud83d\ude00"));
  }
}
