package dev.holdfast.cli.drill.check;

import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.EventLog;
import dev.holdfast.cli.drill.history.Fields;
import dev.holdfast.cli.drill.history.History;
import dev.holdfast.cli.drill.history.Kind;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.drill.history.Recordable;
import dev.holdfast.cli.drill.model.Moment;
import dev.holdfast.cli.drill.workload.Ground;
import dev.holdfast.cli.drill.workload.RandomRequests;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.AcquireLeaseResponse;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.BatchGetStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetStockResponse;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.GetTransferRequest;
import dev.holdfast.proto.inventory.v1.GetTransferResponse;
import dev.holdfast.proto.inventory.v1.ReceiveTransferRequest;
import dev.holdfast.proto.inventory.v1.ReceiveTransferResponse;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.ReserveResponse;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import dev.holdfast.proto.inventory.v1.ShipTransferResponse;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import dev.holdfast.proto.log.v1.CreditedLine;
import dev.holdfast.proto.log.v1.Event;
import dev.holdfast.proto.log.v1.HandoverSettled;
import dev.holdfast.proto.log.v1.ReservationExpired;
import dev.holdfast.proto.log.v1.TransferCredited;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * A cluster of two partitions under the calls of several clients, simulated in one thread: each
 * call begins, is decided and ends at random moments; answers get lost, calls are tried again with
 * their keys, reservations expire, and transferred units arrive. The seed decides everything.
 */
final class SimulatedRun {
  private static final List<String> STORES = List.of("east", "west", "port");

  private final Random random;
  private final RandomRequests requests;
  private final BuggyDecisions decisions;
  private final History history = new History();
  private final EventLog log = new EventLog();
  private final List<SimulatedPartition> partitions =
      List.of(new SimulatedPartition(0, log), new SimulatedPartition(1, log));
  private final List<Running> running = new ArrayList<>();
  private final List<Running> abandoned = new ArrayList<>();
  private final List<Message> sent = new ArrayList<>();
  private final List<ReserveRequest> reserved = new ArrayList<>();
  private final Deque<TransferCredited> arriving = new ArrayDeque<>();
  private final Deque<TransferCredited> unsettled = new ArrayDeque<>();
  private final Map<String, String> destinations = new HashMap<>();
  private final Map<String, Long> handovers = new HashMap<>();
  private final List<Message> answered = new ArrayList<>();
  private final int clients;
  private long nanos = 1_000;
  private long millis = 1_000_000;
  private int calls;

  private static final class Running {
    final int client;
    final long begin;
    final Message request;
    final List<Long> sequencesAtBegin;
    @org.jspecify.annotations.Nullable Outcome outcome;

    Running(int client, long begin, Message request, List<Long> sequencesAtBegin) {
      this.client = client;
      this.begin = begin;
      this.request = request;
      this.sequencesAtBegin = sequencesAtBegin;
    }
  }

  private SimulatedRun(long seed, RandomRequests.Mix mix, int clients, Bug bug) {
    random = new Random(seed);
    requests = new RandomRequests(random, mix, Ground.of(STORES));
    decisions = new BuggyDecisions(bug);
    this.clients = clients;
  }

  static SimulatedRun of(long seed, RandomRequests.Mix mix, int clients, int calls, Bug bug) {
    SimulatedRun run = new SimulatedRun(seed, mix, clients, bug);
    run.requests.opening().forEach(run::callAlone);
    while (run.calls < calls) {
      run.decisions.mayErr(run.calls > calls / 3);
      run.act();
    }
    run.finish();
    return run;
  }

  History history() {
    return history;
  }

  EventLog log() {
    return log;
  }

  /** Whether the bug has shown. */
  boolean hasErred() {
    return decisions.hasErred();
  }

  private void act() {
    nanos += 1 + random.nextInt(1_000);
    millis += random.nextInt(3) == 0 ? random.nextInt(4) : 0;
    int dice = random.nextInt(100);
    if (dice < 35 && running.size() < clients) {
      begin(next());
    } else if (dice < 65) {
      pick(running).ifPresent(this::decide);
    } else if (dice < 90) {
      pick(running).ifPresent(this::end);
    } else if (dice < 93) {
      pick(abandoned).ifPresent(this::decideLate);
    } else {
      system();
    }
  }

  private Message next() {
    int dice = random.nextInt(100);
    if (dice < 6 && !sent.isEmpty()) {
      return sent.get(sent.size() - 1 - random.nextInt(Math.min(20, sent.size())));
    }
    Message fresh = requests.next();
    if (dice < 8 && !answered.isEmpty() && fresh instanceof AdjustStockRequest adjust) {
      Message other = answered.get(random.nextInt(answered.size()));
      return adjust.toBuilder()
          .setStore(Fields.store(other))
          .setIdempotencyKey(Fields.key(other))
          .build();
    }
    return fresh;
  }

  private java.util.Optional<Running> pick(List<Running> from) {
    return from.isEmpty()
        ? java.util.Optional.empty()
        : java.util.Optional.of(from.get(random.nextInt(from.size())));
  }

  private Running begin(Message request) {
    Recordable.check(request);
    if (!Fields.key(request).isEmpty()) {
      sent.add(request);
    }
    List<Long> sequences = partitions.stream().map(SimulatedPartition::sequence).toList();
    Running call = new Running(calls++ % clients, nanos, request, sequences);
    running.add(call);
    return call;
  }

  private void decide(Running call) {
    if (call.outcome == null) {
      call.outcome = outcome(call);
    }
  }

  private void decideLate(Running call) {
    abandoned.remove(call);
    decisions.mayErr(false); // nobody would be told
    decide(call);
  }

  private void end(Running call) {
    running.remove(call);
    Outcome told = call.outcome;
    if (told == null && random.nextInt(4) != 0) {
      running.add(call); // not yet
      return;
    }
    if (told == null) {
      boolean neverTried = random.nextBoolean();
      told = neverTried ? Outcome.Undecided.NOT_TRIED : Outcome.Undecided.UNKNOWN;
      if (!neverTried) {
        abandoned.add(call);
      }
    } else if (random.nextInt(15) == 0
        && !Kind.of(call.request).isRead()
        && decisions.mayLoseAnswers()) {
      told = Outcome.Undecided.UNKNOWN;
    }
    history.add(new Call(call.client, call.begin, nanos, call.request, withTransfer(told, call)));
    decisions.ended(told, nanos);
    if (told instanceof Outcome.Answered && !Fields.key(call.request).isEmpty()) {
      answered.add(call.request);
    }
  }

  /** The answer to a received transfer tells it as it is when the answer is given. */
  private Outcome withTransfer(Outcome outcome, Running call) {
    if (!(outcome instanceof Outcome.Answered answered)
        || !(answered.answer() instanceof ReceiveTransferResponse response)) {
      return outcome;
    }
    ReceiveTransferRequest request = (ReceiveTransferRequest) call.request;
    GetTransferRequest read =
        GetTransferRequest.newBuilder()
            .setStore(request.getStore())
            .setTransferId(request.getTransferId())
            .build();
    SimulatedPartition partition = partition(request.getStore());
    Outcome.Answered now =
        (Outcome.Answered) partition.model.answer(read, partition.moment(millis));
    return new Outcome.Answered(
        response.toBuilder()
            .setTransfer(((GetTransferResponse) now.answer()).getTransfer())
            .build());
  }

  private void callAlone(Message request) {
    Running call = begin(request);
    nanos++;
    decide(call);
    nanos++;
    running.remove(call);
    history.add(
        new Call(call.client, call.begin, nanos, request, Objects.requireNonNull(call.outcome)));
    nanos++;
  }

  private void finish() {
    while (!running.isEmpty()) {
      nanos++;
      Running call = running.get(0);
      decide(call);
      nanos++;
      end(call);
    }
    nanos++;
    Ground.of(STORES).closing().forEach(this::callAlone);
  }

  private Outcome outcome(Running call) {
    if (call.request instanceof SubmitBatchRequest batch) {
      SubmitBatchResponse.Builder answer = SubmitBatchResponse.newBuilder();
      batch
          .getCommandsList()
          .forEach(
              command -> {
                Message request = Recordable.operation(command);
                answer.addOutcomes(inBatch(decide(request, call)));
              });
      return new Outcome.Answered(answer.build());
    }
    if (call.request instanceof BatchGetStockRequest read) {
      return new Outcome.Answered(readMany(read));
    }
    return decide(call.request, call);
  }

  private Outcome decide(Message request, Running call) {
    SimulatedPartition partition = partition(Fields.store(request));
    if (Kind.of(request).isRead()) {
      long asOf =
          random.nextBoolean()
              ? partition.sequence()
              : Math.min(
                  partition.sequence(), call.sequencesAtBegin.get(partitions.indexOf(partition)));
      return decisions.read(request, partition, millis, asOf, call.begin);
    }
    Outcome outcome = decisions.mutation(request, partition, millis);
    note(request, outcome);
    return outcome;
  }

  /** What clients learn for later calls, and what the system has to do now. */
  private void note(Message request, Outcome outcome) {
    if (!(outcome instanceof Outcome.Answered answered)) {
      return;
    }
    if (answered.answer() instanceof AcquireLeaseResponse acquired) {
      requests.learnToken(acquired.getLease().getToken());
    } else if (request instanceof ReserveRequest reserve) {
      reserved.add(reserve);
    } else if (request instanceof ShipTransferRequest ship) {
      destinations.put(ship.getTransferId(), ship.getDestination());
    } else if (request instanceof ReceiveTransferRequest receive) {
      noteHandovers(receive.getStore(), receive.getTransferId());
    }
  }

  private void noteHandovers(String store, String id) {
    List<Map<String, Long>> all = partition(store).model.sent(store, id);
    long known = handovers.getOrDefault(id, 0L);
    for (long i = known; i < all.size(); i++) {
      TransferCredited.Builder event =
          TransferCredited.newBuilder()
              .setStore(store)
              .setTransferId(id)
              .setDestination(Objects.requireNonNull(destinations.get(id)));
      all.get((int) i)
          .forEach(
              (sku, units) ->
                  event.addLines(CreditedLine.newBuilder().setSku(sku).setQuantity(units)));
      arriving.add(event.build());
    }
    handovers.put(id, (long) all.size());
  }

  private void system() {
    int dice = random.nextInt(6);
    if (dice == 0) {
      partitions.get(random.nextInt(2)).appendDigest(millis);
    } else if (dice < 4) {
      expire();
    } else if (dice == 4 && !arriving.isEmpty()) {
      credit(arriving.remove());
    } else if (!unsettled.isEmpty()) {
      settle(unsettled.remove());
    }
  }

  private void expire() {
    for (ReserveRequest each : List.copyOf(reserved)) {
      SimulatedPartition partition = partition(each.getStore());
      if (decisions.expire(each, partition, millis)) {
        ReservationExpired expired =
            ReservationExpired.newBuilder()
                .setStore(each.getStore())
                .setReservationId(each.getReservationId())
                .build();
        partition.append(Event.newBuilder().setReservationExpired(expired).build(), millis);
        reserved.remove(each);
        return;
      }
    }
  }

  private void credit(TransferCredited event) {
    SimulatedPartition partition = partition(event.getDestination());
    Map<String, Long> units = new HashMap<>();
    event.getLinesList().forEach(line -> units.put(line.getSku(), line.getQuantity()));
    for (int times = decisions.arrivals(); times > 0; times--) {
      partition.model.arrive(event.getDestination(), units);
      partition.append(Event.newBuilder().setTransferCredited(event).build(), millis);
    }
    unsettled.add(event);
  }

  private void settle(TransferCredited event) {
    SimulatedPartition partition = partition(event.getStore());
    partition.model.settle(event.getStore(), event.getTransferId(), true);
    HandoverSettled settled =
        HandoverSettled.newBuilder()
            .setStore(event.getStore())
            .setTransferId(event.getTransferId())
            .setCredited(true)
            .build();
    partition.append(Event.newBuilder().setHandoverSettled(settled).build(), millis);
  }

  private BatchGetStockResponse readMany(BatchGetStockRequest request) {
    BatchGetStockResponse.Builder answer = BatchGetStockResponse.newBuilder();
    for (SimulatedPartition partition : partitions) {
      BatchGetStockRequest.Builder part = BatchGetStockRequest.newBuilder();
      request.getItemsList().stream()
          .filter(item -> partition(item.getStore()) == partition)
          .forEach(part::addItems);
      Moment moment = partition.moment(millis);
      Outcome.Answered read = (Outcome.Answered) partition.model.answer(part.build(), moment);
      answer.mergeFrom(
          (BatchGetStockResponse)
              partition.positioned(read.answer(), "as_of", partition.sequence()));
    }
    return answer.build();
  }

  private static CommandOutcome inBatch(Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      ErrorInfo info =
          ErrorInfo.newBuilder()
              .setDomain("holdfast.dev")
              .setReason(refused.reason())
              .putAllMetadata(refused.details())
              .build();
      return CommandOutcome.newBuilder()
          .setError(
              Status.newBuilder()
                  .setCode(Code.FAILED_PRECONDITION_VALUE)
                  .addDetails(com.google.protobuf.Any.pack(info)))
          .build();
    }
    Accepted.Builder accepted = Accepted.newBuilder();
    Message answer = ((Outcome.Answered) outcome).answer();
    if (answer instanceof AdjustStockResponse adjusted) {
      accepted
          .addStock(adjusted.getStock())
          .setShortfall(adjusted.getShortfall())
          .setPosition(adjusted.getPosition());
      if (adjusted.hasEarlier()) {
        accepted.setEarlier(adjusted.getEarlier());
      }
    } else if (answer instanceof ReserveResponse reserve) {
      accepted
          .setReservationId(reserve.getReservationId())
          .addAllStock(reserve.getStockList())
          .setExpiresMillis(reserve.getExpiresMillis())
          .addAllShortfalls(reserve.getShortfallsList())
          .setPosition(reserve.getPosition())
          .setReservationVersion(1);
      if (reserve.hasEarlier()) {
        accepted.setEarlier(reserve.getEarlier());
      }
    } else if (answer instanceof ShipTransferResponse) {
      throw new IllegalStateException("no batch ships");
    }
    return CommandOutcome.newBuilder().setAccepted(accepted).build();
  }

  private SimulatedPartition partition(String store) {
    return partitions.get(store.equals("port") ? 1 : 0);
  }
}
