// Over 250 lines: one table of all kinds of requests
package dev.holdfast.cli.drill.model;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.holdfast.cli.drill.history.Fields;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetStockRequest;
import dev.holdfast.proto.inventory.v1.CancelTransferRequest;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.CountStockRequest;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.DeleteItemRequest;
import dev.holdfast.proto.inventory.v1.ExtendReservationRequest;
import dev.holdfast.proto.inventory.v1.GetLeaseRequest;
import dev.holdfast.proto.inventory.v1.GetReservationRequest;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.GetTransferRequest;
import dev.holdfast.proto.inventory.v1.Lease;
import dev.holdfast.proto.inventory.v1.OrderOperation;
import dev.holdfast.proto.inventory.v1.ReceiveTransferRequest;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReplaceReservationRequest;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.SetItemFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetSafetyStockRequest;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenRequest;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import dev.holdfast.proto.inventory.v1.SubmitOrderResponse;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The reference model of one partition: takes one request after the other and tells what a correct
 * cluster answers. It shares no code with the nodes. Answers leave out what does not depend on the
 * stock: positions, and whether the answer is a repeated one.
 *
 * <p>It knows nothing of idempotency keys: whoever uses it asks once for each. For one thread.
 */
public final class Model {
  private final Undo undo = new Undo();
  private final Stocks stocks;
  private final Reservations reservations;
  private final Leases leases;
  private final Transfers transfers;
  private final Map<Class<?>, Rule<?>> rules = new HashMap<>();

  private interface Decider<Q> {
    Message decide(Q request, Moment now) throws Refused;
  }

  private interface Touching<Q> {
    void addTo(Q request, Set<Item> items);
  }

  /**
   * How one kind of request is decided.
   *
   * @param touching the items that a lease may protect from it
   */
  private record Rule<Q>(
      Decider<Q> decider, Touching<? super Q> touching, boolean stoppedByFrozenStore) {}

  public Model(Settings settings) {
    stocks = new Stocks(undo);
    reservations = new Reservations(stocks, settings, undo);
    leases = new Leases(settings, undo);
    transfers = new Transfers(stocks, settings, undo);
    addStockRules();
    addReservationRules();
    addFreeRules();
    addReads(new Reads(stocks, reservations, leases, transfers, settings));
  }

  private void addStockRules() {
    stopped(CreateItemRequest.class, stocks::create, Model::addItem);
    stopped(AdjustStockRequest.class, stocks::adjust, Model::addItem);
    stopped(DeleteItemRequest.class, stocks::delete, Model::addItem);
    rule(CountStockRequest.class, stocks::count, Model::addItem);
    rule(SetSafetyStockRequest.class, stocks::setSafetyStock, Model::addItem);
    rule(SetItemFrozenRequest.class, stocks::setFrozen, Model::addItem);
    stopped(
        ShipTransferRequest.class,
        transfers::ship,
        (r, items) -> r.getLinesList().forEach(l -> items.add(new Item(r.getStore(), l.getSku()))));
  }

  private void addReservationRules() {
    stopped(
        ReserveRequest.class,
        reservations::reserve,
        (r, items) -> r.getLinesList().forEach(l -> items.add(new Item(r.getStore(), l.getSku()))));
    stopped(
        ReplaceReservationRequest.class,
        reservations::replace,
        (r, items) -> {
          addHeld(new Id(r.getStore(), r.getReservationId()), items);
          r.getLinesList().forEach(l -> items.add(new Item(r.getStore(), l.getSku())));
        });
    stopped(
        ConfirmReservationRequest.class,
        reservations::confirm,
        (r, items) -> addHeld(new Id(r.getStore(), r.getReservationId()), items));
    rule(
        ReleaseReservationRequest.class,
        reservations::release,
        (r, items) -> addHeld(new Id(r.getStore(), r.getReservationId()), items));
    rule(
        ExtendReservationRequest.class,
        reservations::extend,
        (r, items) -> addHeld(new Id(r.getStore(), r.getReservationId()), items));
    rule(
        SubmitOrderRequest.class,
        this::order,
        (r, items) ->
            r.getOperationsList().forEach(each -> addTouched(Orders.operation(r, each), items)));
  }

  /** Requests that no lease stops. */
  private void addFreeRules() {
    free(SetStoreFrozenRequest.class, stocks::setStoreFrozen);
    free(AcquireLeaseRequest.class, leases::acquire);
    free(RenewLeaseRequest.class, leases::renew);
    free(ReleaseLeaseRequest.class, leases::release);
    free(ReceiveTransferRequest.class, transfers::receive);
    free(CancelTransferRequest.class, transfers::cancel);
  }

  private void addReads(Reads reads) {
    free(GetStockRequest.class, reads::stock);
    free(BatchGetStockRequest.class, reads::stocks);
    free(GetReservationRequest.class, reads::reservation);
    free(GetLeaseRequest.class, reads::lease);
    free(GetTransferRequest.class, reads::transfer);
  }

  private <Q> void rule(Class<Q> type, Decider<Q> decider, Touching<? super Q> touching) {
    rules.put(type, new Rule<>(decider, touching, false));
  }

  private <Q> void stopped(Class<Q> type, Decider<Q> decider, Touching<? super Q> touching) {
    rules.put(type, new Rule<>(decider, touching, true));
  }

  private <Q> void free(Class<Q> type, Decider<Q> decider) {
    rule(type, decider, (request, items) -> {});
  }

  /** Decides a request, and changes the state unless it refuses. */
  public Outcome answer(Message request, Moment now) {
    try {
      Set<Item> touched = new LinkedHashSet<>();
      addTouched(request, touched);
      leases.check(touched, tokens(request), now);
      return new Outcome.Answered(decide(request, now));
    } catch (Refused refused) {
      return refused.outcome();
    }
  }

  private static List<Long> tokens(Message request) {
    FieldDescriptor field = request.getDescriptorForType().findFieldByName("fencing_tokens");
    if (field == null) {
      return List.of();
    }
    return ((List<?>) request.getField(field)).stream().map(token -> (Long) token).toList();
  }

  private <Q extends Message> Message decide(Q request, Moment now) throws Refused {
    Rule<Q> rule = ruleOf(request);
    String store = Fields.store(request);
    if (rule.stoppedByFrozenStore() && stocks.isStoreFrozen(store)) {
      throw Refused.store("STORE_FROZEN", store);
    }
    return rule.decider().decide(request, now);
  }

  @SuppressWarnings("unchecked") // a rule stands under the class that it is for
  private <Q extends Message> Rule<Q> ruleOf(Q request) {
    Rule<?> rule = rules.get(request.getClass());
    if (rule == null) {
      throw new IllegalArgumentException("no rule for " + request.getClass());
    }
    return (Rule<Q>) rule;
  }

  /** One operation on top of the other; when one is refused, all is as it was. */
  private SubmitOrderResponse order(SubmitOrderRequest order, Moment now) throws Refused {
    SubmitOrderResponse.Builder answer = SubmitOrderResponse.newBuilder();
    int before = undo.mark();
    for (OrderOperation each : order.getOperationsList()) {
      Message request = Orders.operation(order, each);
      try {
        answer.addResults(Orders.result(request, decide(request, now)));
      } catch (Refused refused) {
        undo.backTo(before);
        throw refused.with("operation", answer.getResultsCount());
      }
    }
    return answer.build();
  }

  private <Q extends Message> void addTouched(Q request, Set<Item> items) {
    ruleOf(request).touching().addTo(request, items);
  }

  private static void addItem(Message request, Set<Item> items) {
    items.add(new Item(Fields.store(request), Fields.text(request, "sku")));
  }

  private void addHeld(Id id, Set<Item> items) {
    Held held = reservations.find(id);
    if (held != null) {
      held.lines().keySet().forEach(sku -> items.add(new Item(id.store(), sku)));
    }
  }

  /** The system closes a reservation; false when it is not open or its time is not over. */
  public boolean expire(String store, String reservationId, Moment now) {
    try {
      return reservations.expire(new Id(store, reservationId), now);
    } catch (Refused refused) {
      return false;
    }
  }

  /** Time passes the end of an open reservation; false when there is none. */
  public boolean lapse(String store, String reservationId, Moment now) {
    return reservations.lapse(new Id(store, reservationId), now);
  }

  /** The open reservations of a store, by id, and when they expire. */
  public Map<String, Long> expiries(String store) {
    return reservations.expiries(store);
  }

  /** The system notes the fate of the oldest hand-over of a transfer; false when there is none. */
  public boolean settle(String store, String transferId, boolean credited) {
    try {
      return transfers.settle(new Id(store, transferId), credited);
    } catch (Refused refused) {
      return false;
    }
  }

  /** The system adds units of a transfer to the stock of its destination. */
  public void arrive(String store, Map<String, Long> units) {
    units.forEach((sku, quantity) -> transfers.arrive(new Item(store, sku), quantity));
  }

  /** The hand-overs of a transfer so far: units by SKU. */
  public List<Map<String, Long>> sent(String store, String transferId) {
    return transfers.sent(new Id(store, transferId));
  }

  /** The times in an interval at which the answer to a request may change without any event. */
  public List<Long> turns(Message request, long afterMillis, long untilMillis) {
    Set<Item> items = new LinkedHashSet<>();
    addTouched(request, items);
    items.add(new Item(Fields.store(request), Fields.text(request, "sku")));
    TreeSet<Long> turns = new TreeSet<>();
    for (Item item : items) {
      Lease lease = leases.live(item, new Moment(afterMillis, 0));
      if (lease != null) {
        turns.add(lease.getExpiresMillis());
      }
    }
    Held held =
        reservations.find(new Id(Fields.store(request), Fields.text(request, "reservation_id")));
    if (held != null && held.state() == Held.State.OPEN) {
      turns.add(held.life().expiresMillis());
    }
    return List.copyOf(turns.subSet(afterMillis, false, untilMillis, true));
  }

  /** A state to come back to by {@link #backTo}, until {@link #keep}. */
  public int mark() {
    return undo.mark();
  }

  public void backTo(int mark) {
    undo.backTo(mark);
  }

  /** Forgets all marks. */
  public void keep() {
    undo.forget();
  }

  /** Names what answers depended on since this was last asked. */
  public Set<Object> takeLooked() {
    return undo.takeLooked();
  }

  /** Names what was changed since this was last asked; to be compared with the above. */
  public Set<Object> takeChanged() {
    return undo.takeChanged();
  }

  public State state() {
    State state = new State();
    stocks.addTo(state);
    reservations.addTo(state);
    leases.addTo(state);
    transfers.addTo(state);
    return state;
  }
}
