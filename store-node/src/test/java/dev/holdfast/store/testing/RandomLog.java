package dev.holdfast.store.testing;

import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.decide.Decision;
import dev.holdfast.store.decide.Dispatcher;
import dev.holdfast.store.decide.state.DigestProgress;
import dev.holdfast.store.decide.state.Moment;
import dev.holdfast.store.decide.state.SpeculativeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The committed entries of a partition as several leaders wrote them, strays among them. */
public final class RandomLog {
  /** Milliseconds between batches. */
  public static final long STEP_MILLIS = 10;

  private final Random random;
  private final MemoryReplica replica = new MemoryReplica();
  private final List<Entry> entries = new ArrayList<>();
  private long term = 1;

  /**
   * A committed Raft entry.
   *
   * @param accepted false when apply has to pass it over
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Entry(long index, long term, byte[] encoded, boolean accepted) {}

  public RandomLog(long seed, int size) {
    this.random = new Random(seed);
    while (entries.size() < size) {
      next();
    }
  }

  public List<Entry> entries() {
    return entries;
  }

  /** The state that all entries lead to. */
  public MemoryReplica replica() {
    return replica;
  }

  private void next() {
    if (random.nextInt(10) == 0) {
      term += 1 + random.nextInt(3);
    }
    AppliedView.LogEnd end = replica.logEnd();
    switch (random.nextInt(8)) {
      case 0 -> add(encode(end.sequence() + 2, term)); // the batch before it was lost
      case 1 -> add(encode(end.sequence() + 1, term - 1)); // decided in another term
      case 2 -> add(encode(Math.max(1, end.sequence()), term)); // somebody else was first
      default -> add(encode(end.sequence() + 1, term));
    }
  }

  private void add(byte[] encoded) {
    boolean accepted = replica.apply(term, encoded);
    entries.add(new Entry(entries.size() + 1L, term, encoded, accepted));
  }

  private byte[] encode(long firstSequence, long batchTerm) {
    AppliedView.LogEnd end = replica.logEnd();
    EventBatch batch =
        new EventBatch(
            3,
            firstSequence,
            batchTerm,
            end.timeMillis() + STEP_MILLIS,
            end.batchHash(),
            decided());
    return EventBatchCodec.encode(batch);
  }

  private List<RecordedEvent> decided() {
    DigestProgress digests = replica.logEnd().digests();
    SpeculativeState state =
        new SpeculativeState(replica, replica.leases(), replica.sequence(), digests);
    List<RecordedEvent> events = new ArrayList<>();
    for (int tries = 1 + random.nextInt(6); tries > 0 || events.isEmpty(); tries--) {
      String key = random.nextBoolean() ? "key-" + random.nextInt(40) : "";
      Command command = command();
      String used = isAskedByCallers(command) ? key : "";
      Moment moment = new Moment(time(), state.lastSequence() + 1);
      if (Dispatcher.decide(Requests.of(command, used), state, moment)
          instanceof Decision.Decided decided) {
        events.add(decided.event());
        state.fold(decided.event(), 0);
      }
    }
    return events;
  }

  private Command settlement(String store, String transfer) {
    int other = TransferRequests.OTHER_PARTITION;
    long number = replica.transfers().outbound(other).settled() + 1;
    Handover due = replica.transfers().handover(new HandoverKey(other, number));
    return due == null
        ? TransferRequests.cancel(store, transfer)
        : TransferRequests.settle(
            due.transfer().store(), due.transfer().transferId(), number, random.nextInt(4) > 0);
  }

  private static boolean isAskedByCallers(Command command) {
    return command instanceof Command.Mutation && !(command instanceof Command.ExpireReservation);
  }

  /** The reservations of one entry have expired some sixty entries later. */
  private long time() {
    return Requests.MOMENT.timeMillis() + entries.size() * 60_000L;
  }

  private Command command() {
    String store = random.nextBoolean() ? "berlin" : "Zürich";
    String sku = "sku-" + random.nextInt(4);
    String reservation = "r" + random.nextInt(4);
    String transfer = "t" + random.nextInt(4);
    return switch (random.nextInt(33)) {
      case 25, 26, 27 -> TransferRequests.ship(store, transfer, "oslo", Requests.line(sku, 2));
      case 28, 29 -> TransferRequests.receive(store, transfer);
      case 30 -> TransferRequests.cancel(store, transfer);
      case 31 ->
          TransferRequests.credit(
              replica.transfers().inbound(TransferRequests.OTHER_PARTITION).last() + 1,
              TransferRequests.handover("oslo", transfer, store, Requests.line(sku, 3)));
      case 32 -> settlement(store, transfer);
      case 0, 1, 2 -> Requests.createItem(store, sku, random.nextInt(30));
      case 3, 4, 5, 6, 7 -> Requests.adjust(store, sku, random.nextInt(12) - 5L);
      case 8, 9, 10 -> Requests.reserve(store, reservation, Requests.line(sku, 2));
      case 11, 12 -> Requests.confirm(store, reservation);
      case 13, 14 -> Requests.release(store, reservation);
      case 15, 16 -> new Command.RecordDigest();
      case 17 -> Requests.extend(store, reservation, random.nextInt(5_000_000));
      case 18 -> Requests.replace(store, reservation, Requests.line(sku, 1 + random.nextInt(3)));
      case 19 ->
          Requests.replace(
              store, reservation, Requests.line("sku-1", 1), Requests.line("sku-2", 3));
      case 20 -> Requests.confirm(store, reservation, true, new HeldLine(sku, 1));
      case 22, 23 -> Requests.expire(store, reservation);
      case 21 -> Requests.release(store, reservation, new HeldLine(sku, 1));
      default -> new Command.EvictReceipts(replica.sequence() * random.nextInt(3) / 3);
    };
  }
}
