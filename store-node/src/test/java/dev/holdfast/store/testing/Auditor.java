package dev.holdfast.store.testing;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.CountStock;
import dev.holdfast.common.domain.LeaseCommand;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.SubmitOrder;
import dev.holdfast.common.domain.TermsCommand;
import dev.holdfast.common.domain.TransferCommand;
import dev.holdfast.store.decide.state.Moment;
import dev.holdfast.store.testing.Ledger.Named;
import dev.holdfast.store.testing.Ledger.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The reference model: what an inventory must answer, written from the comments of inventory.proto
 * with plain maps. It shares no code with the deciders, the fold or the levels, so that it can be
 * wrong only in its own way.
 */
public final class Auditor {
  private static final long MAX = Ledger.MAX;
  private static final List<String> NOT_REMEMBERED =
      List.of("LOCKED", "STALE_TOKEN", "TOO_MANY_LEASES", "COUNT_OVERTAKEN");

  private record Answered(CommandRequest request, String answer, long sequence) {}

  private final Ledger ledger = new Ledger();
  private final TermsAuditor terms = new TermsAuditor(ledger);
  private final LeaseAuditor leases = new LeaseAuditor();
  private final AuditedReservations reservations = new AuditedReservations(ledger);
  private final Map<Named, Answered> answered = new HashMap<>();

  private final TransferAuditor transfers = new TransferAuditor(new Stocked());

  /** What the auditor of transfers sees of the stock. */
  private final class Stocked implements TransferAuditor.Stock {
    @Override
    public long @Nullable [] find(String store, String sku) {
      Numbers now = ledger.find(new Named(store, sku));
      return now == null ? null : new long[] {now.onHand(), now.reserved()};
    }

    @Override
    public boolean isFrozen(String store, String sku) {
      return ledger.get(new Named(store, sku)).state().equals(Ledger.FROZEN);
    }

    @Override
    public String move(String store, String sku, long onHand) {
      Named id = new Named(store, sku);
      Numbers now = ledger.items.get(id);
      if (now == null) {
        return ledger.set(id, Numbers.opening(onHand, 1));
      }
      boolean revived = onHand > 0 && now.state().equals(Ledger.DELETED);
      Numbers moved = now.moved(now.onHand() + onHand, now.reserved());
      return ledger.set(
          id,
          revived
              ? new Numbers(
                  moved.onHand(), moved.reserved(), moved.version(), now.safety(), Ledger.ACTIVE)
              : moved);
    }
  }

  /** The number up to which hand-overs are settled. */
  public long settledNumber() {
    return transfers.settledNumber();
  }

  /** The number up to which hand-overs were taken. */
  public long takenNumber() {
    return transfers.takenNumber();
  }

  /** The answer, as {@link AnswerText} would put it. */
  public String answer(CommandRequest request, Moment moment) {
    Named key = new Named(request.origin().principal(), request.idempotencyKey());
    Answered before = answered.get(key);
    if (before != null) {
      boolean same = before.request().command().equals(request.command());
      return same ? before.answer() : "KEY_REUSED";
    }
    reservations.at(moment.sequence());
    transfers.at(moment.sequence());
    String no = leases.refusal(touched(request.command()), request.fencingTokens(), moment);
    String answer = no != null ? no : decide(request.command(), moment);
    remember(request, answer, moment);
    return answer;
  }

  /** Takes an answer for right that another would have given as well. */
  public void remember(CommandRequest request, String answer, Moment moment) {
    if (!request.idempotencyKey().isEmpty()
        && NOT_REMEMBERED.stream().noneMatch(answer::startsWith)) {
      Named key = new Named(request.origin().principal(), request.idempotencyKey());
      answered.put(key, new Answered(request, answer, moment.sequence()));
    }
  }

  /** Receipts up to a sequence are forgotten, and with them what was closed up to there. */
  public void evicted(long throughSequence) {
    answered.values().removeIf(each -> each.sequence() <= throughSequence);
    reservations.forgetClosed(throughSequence);
    transfers.forgetClosed(throughSequence);
  }

  private String decide(Command command, Moment moment) {
    if (command instanceof LeaseCommand c) {
      return leases.answer(c, moment);
    }
    if (command instanceof SubmitOrder c) {
      return order(c, moment);
    }
    if (command instanceof CountStock c) {
      return terms.answer(c);
    }
    if (ledger.frozenStores.contains(((Command.Mutation) command).store())
        && isRefusedByFrozenStores(command)) {
      return "STORE_FROZEN";
    }
    return command instanceof Command.OfReservation c
        ? reservations.decide(c, moment.timeMillis())
        : decide(command);
  }

  private static boolean isRefusedByFrozenStores(Command command) {
    return command instanceof Command.CreateItem
        || command instanceof Command.AdjustStock
        || command instanceof Command.ReserveStock
        || command instanceof Command.ReplaceReservation
        || command instanceof Command.ConfirmReservation
        || command instanceof TermsCommand.DeleteItem
        || command instanceof TransferCommand.ShipTransfer;
  }

  private String decide(Command command) {
    if (command instanceof TermsCommand c) {
      return terms.answer(c);
    }
    if (command instanceof TransferCommand c) {
      return transfers.decide(c);
    }
    if (command instanceof Command.CreateItem c) {
      return create(new Named(c.item().store(), c.item().sku()), c.initialQuantity());
    }
    if (command instanceof Command.AdjustStock c) {
      return adjust(c);
    }
    throw new AssertionError("the auditor does not know " + command);
  }

  /** One after the other; when one fails, all is as it was. */
  private String order(SubmitOrder order, Moment moment) {
    Map<Named, Numbers> itemsBefore = new HashMap<>(ledger.items);
    AuditedReservations before = reservations.copy();
    List<String> answers = new ArrayList<>();
    for (Command operation : order.operations()) {
      String answer = decide(operation, moment);
      if (!answer.startsWith("ok")) {
        ledger.items.clear();
        ledger.items.putAll(itemsBefore);
        reservations.restore(before);
        return "step " + (answers.size() + 1) + " " + answer;
      }
      answers.add(answer);
    }
    return String.join("; ", answers);
  }

  private Set<Named> touched(Command command) {
    Set<Named> items = new LinkedHashSet<>();
    if (command instanceof SubmitOrder c) {
      c.operations().forEach(operation -> items.addAll(touched(operation)));
    } else if (command instanceof Command.ReserveStock c) {
      c.lines().forEach(line -> items.add(new Named(c.store(), line.sku())));
    } else if (command instanceof TransferCommand.ShipTransfer c) {
      c.lines().forEach(line -> items.add(new Named(c.store(), line.sku())));
    } else if (command instanceof Command.ReplaceReservation c) {
      addHeld(c.reservation(), items);
      c.lines().forEach(line -> items.add(new Named(c.store(), line.sku())));
    } else if (command instanceof Command.OfReservation c
        && !(command instanceof Command.ExpireReservation)) {
      addHeld(c.reservation(), items);
    } else {
      StockKey item = item(command);
      if (item != null) {
        items.add(new Named(item.store(), item.sku()));
      }
    }
    return items;
  }

  private void addHeld(ReservationKey key, Set<Named> items) {
    reservations.held(key).forEach(sku -> items.add(new Named(key.store(), sku)));
  }

  private static @Nullable StockKey item(Command command) {
    if (command instanceof Command.CreateItem c) {
      return c.item();
    }
    if (command instanceof Command.AdjustStock c) {
      return c.item();
    }
    if (command instanceof CountStock c) {
      return c.item();
    }
    if (command instanceof TermsCommand.SetSafetyStock c) {
      return c.item();
    }
    if (command instanceof TermsCommand.SetItemFrozen c) {
      return c.item();
    }
    return command instanceof TermsCommand.DeleteItem c ? c.item() : null;
  }

  /** The tokens that a command needs now. */
  public List<Long> tokens(Command command, Moment moment) {
    return leases.tokens(touched(command), moment);
  }

  private String create(Named id, long quantity) {
    if (ledger.find(id) != null) {
      return "ITEM_EXISTS " + id.name();
    }
    Numbers deleted = ledger.items.get(id);
    long version = deleted == null ? 1 : deleted.version() + 1;
    return "ok" + ledger.set(id, Numbers.opening(quantity, version));
  }

  private String adjust(Command.AdjustStock c) {
    String sku = c.item().sku();
    Named id = new Named(c.item().store(), sku);
    Numbers now = ledger.find(id);
    if (now == null) {
      return "ITEM_NOT_FOUND " + sku;
    }
    if (now.state().equals(Ledger.FROZEN)) {
      return "ITEM_FROZEN " + sku;
    }
    if (c.expectedVersion() != 0 && c.expectedVersion() != now.version()) {
      return "VERSION_CONFLICT " + sku + " " + c.expectedVersion() + " is " + now.version();
    }
    long onHand = Math.addExact(now.onHand(), c.delta());
    if (onHand < now.reserved() && c.recordShortfall()) {
      return "ok"
          + ledger.set(id, now.moved(now.reserved(), now.reserved()))
          + " short "
          + (now.reserved() - onHand);
    }
    if (onHand < now.reserved()) {
      return insufficient(sku, Math.abs(c.delta()), now.free())
          + held(now.onHand(), now.reserved(), 0);
    }
    if (onHand > MAX) {
      return "QUANTITY_LIMIT " + sku + " " + c.delta() + " of " + now.free();
    }
    return "ok" + ledger.set(id, now.moved(onHand, now.reserved()));
  }

  static String insufficient(String sku, long asked, long free) {
    return "INSUFFICIENT_STOCK " + sku + " " + asked + " of " + free;
  }

  /** Why so little was free. */
  static String held(long onHand, long others, long safety) {
    return " of " + onHand + " held " + others + " safe " + safety;
  }

  /** The version of an item, 1 when there is none. */
  public long version(String store, String sku) {
    Numbers found = ledger.items.get(new Named(store, sku));
    return found == null ? 1 : found.version();
  }

  /** The version of a reservation, 1 when it is not open. */
  public long reservationVersion(String store, String id) {
    return reservations.version(store, id);
  }

  /** Everything there is, as {@link StateText} would put it. */
  public Map<String, String> state(Moment moment) {
    Map<String, String> state = new TreeMap<>(leases.state(moment));
    ledger.items.forEach(
        (id, n) -> state.put("item " + id.scope() + ":" + id.name(), n.text(id.name())));
    reservations.addTo(state);
    ledger.frozenStores.forEach(store -> state.put("frozen " + store, ""));
    state.putAll(transfers.state());
    return state;
  }
}
