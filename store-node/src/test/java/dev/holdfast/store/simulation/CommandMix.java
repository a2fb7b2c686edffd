package dev.holdfast.store.simulation;

import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CountStock;
import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.LeaseCommand;
import dev.holdfast.common.domain.LeaseEvent;
import dev.holdfast.common.domain.MovedLine;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.ReserveMode;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.SubmitOrder;
import dev.holdfast.common.domain.TermsCommand;
import dev.holdfast.common.domain.TransferCommand;
import dev.holdfast.common.domain.TransferKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What clients ask for: about so few stores, items and ids that they meet all the time. */
final class CommandMix {
  /** By partition. */
  static final List<List<String>> STORES = List.of(List.of("ant", "bee"), List.of("cat", "dog"));

  private static final List<String> SKUS = List.of("tea", "cup");
  private static final int GRID_MILLIS = Cluster.GRID_MILLIS;
  private static final int RECENT = 3;

  private final Chance chance;
  private final Map<StockKey, Long> tokens = new HashMap<>();
  private final List<List<ReservationKey>> reservations = List.of(open(), open());
  private final List<List<TransferKey>> transfers = List.of(open(), open());
  private int ids;

  CommandMix(Chance chance) {
    this.chance = chance;
  }

  private static <T> List<T> open() {
    return new ArrayList<>();
  }

  /** With these every history begins. One item is nearly full, so that it cannot take much. */
  static List<Command> opening(int partition) {
    List<Command> commands = new ArrayList<>();
    for (String store : STORES.get(partition)) {
      SKUS.forEach(sku -> commands.add(new Command.CreateItem(new StockKey(store, sku), 20)));
    }
    StockKey full = new StockKey(STORES.get(partition).get(1), SKUS.get(1));
    commands.set(commands.size() - 1, new Command.CreateItem(full, StockLevel.QUANTITY_MAX - 1));
    return commands;
  }

  Command next(int partition) {
    String store = chance.of(STORES.get(partition));
    int dice = chance.below(100);
    if (dice < 15) {
      return adjust(store);
    } else if (dice < 55) {
      return ofReservation(partition, store);
    } else if (dice < 75) {
      return ofTransfer(partition, store);
    } else if (dice < 85) {
      return terms(store);
    } else if (dice < 90) {
      return lease(store);
    } else if (dice < 95) {
      return order(partition, store);
    }
    return new CountStock(item(store), chance.between(0, 30), version(), CountStock.NOW, null);
  }

  /** Tokens that a caller sends along, right ones and wrong ones. */
  List<Long> tokens(Command command) {
    if (!(command instanceof Command.Mutation mutation)
        || chance.percent(50)
        || mutation instanceof LeaseCommand) {
      return List.of();
    }
    TreeSet<Long> sent = new TreeSet<>();
    SKUS.forEach(
        sku -> {
          Long token = tokens.get(new StockKey(mutation.store(), sku));
          if (token != null && chance.percent(50)) {
            sent.add(token);
          }
        });
    return List.copyOf(sent);
  }

  /** Callers learn tokens from answers. */
  void learn(RecordedEvent event) {
    if (event.event() instanceof LeaseEvent.Held held) {
      tokens.put(held.item(), held.lease().token());
    }
  }

  private StockKey item(String store) {
    return new StockKey(store, chance.of(SKUS));
  }

  private long version() {
    return chance.percent(80) ? Command.ANY_VERSION : chance.between(1, 12);
  }

  private Command adjust(String store) {
    if (chance.percent(10)) {
      return new Command.CreateItem(item(store), chance.between(0, 20));
    }
    int delta = chance.between(-8, 10);
    long units = delta == 0 ? 5 : delta;
    boolean happened = units < 0 && chance.percent(20);
    return new Command.AdjustStock(
        item(store), units, AdjustmentReason.RECOUNT, version(), happened);
  }

  private Command.Mutation ofReservation(int partition, String store) {
    List<ReservationKey> known = reservations.get(partition);
    if (known.isEmpty() || chance.percent(35)) {
      known.add(new ReservationKey(store, id("r")));
      return reserve(recent(known));
    }
    ReservationKey key = recent(known);
    return switch (chance.below(8)) {
      case 0, 1 -> new Command.ConfirmReservation(key, List.of(), false, Command.ANY_VERSION);
      case 2 -> new Command.ConfirmReservation(key, held(), chance.percent(50), version());
      case 3, 4 -> new Command.ReleaseReservation(key, held(), version());
      case 5 -> new Command.ExtendReservation(key, ttl(), version());
      case 6 -> reserve(key);
      default -> new Command.ReplaceReservation(key, lines(), mode(), version());
    };
  }

  private Command.ReserveStock reserve(ReservationKey key) {
    Command.HoldTerms terms = new Command.HoldTerms(ttl(), ttl() + 10_000, "");
    return new Command.ReserveStock(key, lines(), mode(), terms);
  }

  private String id(String kind) {
    ids++;
    return kind + ids;
  }

  /** One of the last few. */
  private <T> T recent(List<T> known) {
    return known.get(Math.max(0, known.size() - 1 - chance.below(RECENT)));
  }

  private ReserveMode mode() {
    return chance.percent(70) ? ReserveMode.ALL_OR_NOTHING : ReserveMode.UP_TO;
  }

  /** Some end with a tick of the clock, others just behind one. */
  private long ttl() {
    return chance.between(1, 160) * (long) GRID_MILLIS + chance.below(2);
  }

  private List<Command.ReserveLine> lines() {
    List<Command.ReserveLine> lines = new ArrayList<>();
    for (String sku : some()) {
      lines.add(new Command.ReserveLine(sku, chance.between(1, 6), version()));
    }
    return lines;
  }

  private List<HeldLine> held() {
    List<HeldLine> lines = new ArrayList<>();
    if (chance.percent(40)) {
      some().forEach(sku -> lines.add(new HeldLine(sku, chance.between(1, 3))));
    }
    return lines;
  }

  private List<String> some() {
    return chance.percent(30) ? SKUS : List.of(chance.of(SKUS));
  }

  private Command ofTransfer(int partition, String store) {
    List<TransferKey> known = transfers.get(partition);
    if (known.isEmpty() || chance.percent(40)) {
      known.add(new TransferKey(store, id("t")));
      int other = 1 - partition;
      List<MovedLine> lines =
          some().stream().map(sku -> new MovedLine(sku, chance.between(1, 4))).toList();
      String destination = chance.of(STORES.get(other));
      return new TransferCommand.ShipTransfer(recent(known), destination, other, true, lines);
    }
    TransferKey key = recent(known);
    return switch (chance.below(6)) {
      case 0 -> new TransferCommand.CancelTransfer(key);
      case 1, 2 -> new TransferCommand.ReceiveTransfer(key, List.of(received()));
      default -> new TransferCommand.ReceiveTransfer(key, List.of());
    };
  }

  private TransferCommand.ReceivedLine received() {
    return new TransferCommand.ReceivedLine(chance.of(SKUS), chance.between(1, 2), chance.below(2));
  }

  private Command terms(String store) {
    return switch (chance.below(8)) {
      case 0 -> new TermsCommand.SetStoreFrozen(store, chance.percent(50));
      case 1, 2 -> new TermsCommand.SetStoreFrozen(store, false);
      case 3 -> new TermsCommand.SetItemFrozen(item(store), chance.percent(30), version());
      case 4 -> new TermsCommand.DeleteItem(item(store), version());
      default -> new TermsCommand.SetSafetyStock(item(store), chance.between(0, 6), version());
    };
  }

  private Command lease(String store) {
    StockKey item = item(store);
    long token = tokens.getOrDefault(item, 1L);
    return switch (chance.below(4)) {
      case 0 -> new LeaseCommand.RenewLease(item, token, ttl());
      case 1 -> new LeaseCommand.ReleaseLease(item, token);
      default -> new LeaseCommand.AcquireLease(item, "till " + chance.below(2), ttl(), 3);
    };
  }

  private Command order(int partition, String store) {
    List<Command.Mutation> operations = new ArrayList<>();
    for (int count = chance.between(1, 3); count > 0; count--) {
      Command.Mutation operation =
          chance.percent(30)
              ? new Command.AdjustStock(
                  item(store), chance.between(1, 5), AdjustmentReason.RECOUNT, version(), false)
              : ofReservation(partition, store);
      boolean fits =
          !(operation instanceof Command.ExtendReservation)
              && !(operation instanceof Command.ReplaceReservation);
      if (fits && operation.store().equals(store)) {
        operations.add(operation);
      }
    }
    return operations.isEmpty() ? adjust(store) : new SubmitOrder(store, operations);
  }
}
