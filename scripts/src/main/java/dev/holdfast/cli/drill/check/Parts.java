package dev.holdfast.cli.drill.check;

import com.google.protobuf.Message;
import dev.holdfast.cli.drill.check.Op.Told;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.Fields;
import dev.holdfast.cli.drill.history.Kind;
import dev.holdfast.cli.drill.history.LogEntry;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.drill.history.PackedCall;
import dev.holdfast.proto.inventory.v1.BatchGetStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetStockResponse;
import dev.holdfast.proto.inventory.v1.GetTransferRequest;
import dev.holdfast.proto.inventory.v1.GetTransferResponse;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.ReceiveTransferRequest;
import dev.holdfast.proto.inventory.v1.ReceiveTransferResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Splits calls into what each asks of one partition. */
final class Parts {
  /** Of stores that no answer and no event names. */
  static final int NOWHERE = -1;

  /** Refusals that leave no event; see inventory.proto. */
  private static final Set<String> FOR_NOW =
      Set.of("LOCKED", "STALE_TOKEN", "TOO_MANY_LEASES", "COUNT_OVERTAKEN");

  private final Map<String, Integer> partitions = new HashMap<>();
  private final Set<String> named = new HashSet<>();
  private final List<Op> ops = new ArrayList<>();
  private final List<PackedCall> homeless = new ArrayList<>();
  private final Findings findings;

  Parts(Findings findings) {
    this.findings = findings;
  }

  /** Once all calls are added: an event tells where a store lives, also when no answer does. */
  void learn(LogEntry entry) {
    if (isNamed(entry.store())) {
      partitions.putIfAbsent(entry.store(), entry.partition());
    }
  }

  /** All parts of all calls. */
  List<Op> ops() {
    homeless.forEach(this::addHomeless);
    homeless.clear();
    return ops;
  }

  int partitionOf(String store) {
    return partitions.getOrDefault(store, NOWHERE);
  }

  /** Whether a call names a store. */
  boolean isNamed(String store) {
    return !store.isEmpty() && named.contains(store);
  }

  void add(PackedCall packed) {
    Call call = packed.unpack();
    if (call.kind() == Kind.SUBMIT_BATCH) {
      addBatch(call);
    } else if (call.request() instanceof BatchGetStockRequest) {
      if (call.outcome() instanceof Outcome.Answered) {
        homeless.add(packed);
      }
    } else {
      add(packed, call);
    }
  }

  private void add(PackedCall packed, Call call) {
    named.add(Fields.store(call.request()));
    named.add(Fields.text(call.request(), "destination"));
    Told told = told(call);
    if (call.kind().isRead() && call.outcome() instanceof Outcome.Undecided) {
      return;
    }
    Position position = call.outcome().position();
    if (position == null) {
      homeless.add(packed);
      return;
    }
    String store = Fields.store(call.request());
    Integer known = partitions.putIfAbsent(store, position.getPartition());
    if (known != null && known != position.getPartition()) {
      findings.add(Breach.WRONG_ANSWER, "store " + store + " is in two partitions", call);
    }
    add(packed, call, told, position);
    if (call.outcome() instanceof Outcome.Answered answered
        && answered.answer() instanceof ReceiveTransferResponse received) {
      addRead(call, received);
    }
  }

  private void add(PackedCall packed, Call call, Told told, Position position) {
    boolean read = told == Told.READ || told == Told.LATE_READ;
    long print = read ? 0 : Op.print(Fields.key(call.request()));
    ops.add(new Op(packed, told, position.getPartition(), position.getSequence(), print));
  }

  /** The answer to a received transfer tells it as it was some time after the event. */
  private void addRead(Call call, ReceiveTransferResponse received) {
    ReceiveTransferRequest request = (ReceiveTransferRequest) call.request();
    GetTransferRequest read =
        GetTransferRequest.newBuilder()
            .setStore(request.getStore())
            .setTransferId(request.getTransferId())
            .build();
    GetTransferResponse seen =
        GetTransferResponse.newBuilder().setTransfer(received.getTransfer()).build();
    Call part = part(call, read, new Outcome.Answered(seen));
    add(new PackedCall(part), part, Told.LATE_READ, received.getPosition());
  }

  private void addHomeless(PackedCall packed) {
    Call call = packed.unpack();
    if (call.outcome() instanceof Outcome.Answered answered
        && answered.answer() instanceof BatchGetStockResponse response) {
      addReads(call, (BatchGetStockRequest) call.request(), response);
      return;
    }
    int partition = partitionOf(Fields.store(call.request()));
    add(packed, call, told(call), Position.newBuilder().setPartition(partition).build());
  }

  /** One read for each partition, at a single point of its log. */
  private void addReads(Call call, BatchGetStockRequest request, BatchGetStockResponse response) {
    request.getItemsList().forEach(item -> named.add(item.getStore()));
    for (Position at : response.getAsOfList()) {
      int partition = at.getPartition();
      BatchGetStockRequest.Builder items = request.toBuilder().clearItems();
      BatchGetStockResponse.Builder seen = BatchGetStockResponse.newBuilder();
      request.getItemsList().stream()
          .filter(item -> partitionOf(item.getStore()) == partition)
          .forEach(items::addItems);
      response.getStockList().stream()
          .filter(level -> partitionOf(level.getStore()) == partition)
          .forEach(seen::addStock);
      response.getMissingList().stream()
          .filter(item -> partitionOf(item.getStore()) == partition)
          .forEach(seen::addMissing);
      Call part = part(call, items.build(), new Outcome.Answered(seen.build()));
      add(new PackedCall(part), part, told(part), at);
    }
  }

  private void addBatch(Call call) {
    BatchOrder order = new BatchOrder(findings);
    for (Call part : call.operations()) {
      if (!order.isExcused(part)) {
        add(new PackedCall(part), part);
      }
      order.add(part);
    }
  }

  private static Call part(Call call, Message request, Outcome outcome) {
    return new Call(call.client(), call.beginNanos(), call.endNanos(), request, outcome);
  }

  private static Told told(Call call) {
    if (call.kind().isRead()) {
      return isLate(call.request()) ? Told.LATE_READ : Told.READ;
    }
    if (call.outcome() instanceof Outcome.Answered) {
      return Told.ANSWERED;
    }
    if (call.outcome() instanceof Outcome.Refused refused) {
      if (refused.reason().equals("IDEMPOTENCY_KEY_REUSED")) {
        return Told.KEY_REUSED;
      }
      return FOR_NOW.contains(refused.reason()) ? Told.REFUSED_FOR_NOW : Told.REFUSED;
    }
    return call.outcome() == Outcome.Undecided.UNKNOWN ? Told.UNKNOWN : Told.NOT_TRIED;
  }

  private static boolean isLate(Message request) {
    Message read = Fields.message(request, "read");
    return read != null
        && read.hasField(read.getDescriptorForType().findFieldByName("max_staleness_millis"));
  }
}
