package dev.holdfast.store.testing;

import dev.holdfast.common.domain.BookLevel;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CountStock;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.TermsCommand;
import dev.holdfast.store.testing.Ledger.Named;
import dev.holdfast.store.testing.Ledger.Numbers;
import org.jspecify.annotations.Nullable;

/** The reference model of terms and counts, written from the comments of terms.proto. */
final class TermsAuditor {
  private final Ledger ledger;

  TermsAuditor(Ledger ledger) {
    this.ledger = ledger;
  }

  String answer(TermsCommand command) {
    if (command instanceof TermsCommand.SetSafetyStock c) {
      String no = refusal(c.item(), c.expectedVersion(), false);
      return no != null ? no : set(c.item(), c.quantity(), state(c.item()));
    }
    if (command instanceof TermsCommand.SetItemFrozen c) {
      String no = refusal(c.item(), c.expectedVersion(), false);
      String state = c.frozen() ? Ledger.FROZEN : Ledger.ACTIVE;
      return no != null ? no : set(c.item(), ledger.get(id(c.item())).safety(), state);
    }
    if (command instanceof TermsCommand.DeleteItem c) {
      return delete(c);
    }
    TermsCommand.SetStoreFrozen c = (TermsCommand.SetStoreFrozen) command;
    if (c.frozen()) {
      ledger.frozenStores.add(c.store());
      return "ok frozen";
    }
    ledger.frozenStores.remove(c.store());
    return "ok open";
  }

  private String delete(TermsCommand.DeleteItem c) {
    String no = refusal(c.item(), c.expectedVersion(), true);
    if (no != null) {
      return no;
    }
    Numbers now = ledger.get(id(c.item()));
    if (now.onHand() > 0) {
      return "NOT_EMPTY " + c.item().sku() + " " + now.onHand() + "/" + now.reserved();
    }
    return "ok" + ledger.set(id(c.item()), now.with(0, Ledger.DELETED));
  }

  /** What was so already changes nothing. */
  private String set(StockKey item, long safety, String state) {
    Numbers now = ledger.get(id(item));
    boolean same = now.safety() == safety && now.state().equals(state);
    return "ok" + ledger.set(id(item), same ? now : now.with(safety, state));
  }

  private String state(StockKey item) {
    return ledger.get(id(item)).state();
  }

  String answer(CountStock c) {
    String sku = c.item().sku();
    String no = refusal(c.item(), c.expectedVersion(), false);
    if (no != null) {
      return no;
    }
    Numbers now = ledger.get(id(c.item()));
    BookLevel book = c.book();
    boolean ofThePast = c.countedMillis() != CountStock.NOW;
    boolean blind = book == null && ofThePast && c.expectedVersion() == Command.ANY_VERSION;
    if (blind || (book != null && book.version() != 0 && book.version() != now.version())) {
      return "COUNT_OVERTAKEN " + sku;
    }
    long difference = c.counted() - (book == null ? now.onHand() : book.onHand());
    long onHand = now.onHand() + difference;
    if (onHand < now.reserved()) {
      return "COUNT_BELOW_RESERVED " + sku + " " + onHand + "/" + now.reserved();
    }
    if (onHand > Ledger.MAX) {
      return "QUANTITY_LIMIT " + sku + " " + difference + " of " + now.free();
    }
    String after = ledger.set(id(c.item()), now.moved(onHand, now.reserved()));
    return "ok" + after + " by " + difference;
  }

  private @Nullable String refusal(StockKey item, long expectedVersion, boolean unlessFrozen) {
    Numbers now = ledger.find(id(item));
    if (now == null) {
      return "ITEM_NOT_FOUND " + item.sku();
    }
    if (unlessFrozen && now.state().equals(Ledger.FROZEN)) {
      return "ITEM_FROZEN " + item.sku();
    }
    if (expectedVersion != Command.ANY_VERSION && expectedVersion != now.version()) {
      return "VERSION_CONFLICT " + item.sku() + " " + expectedVersion + " is " + now.version();
    }
    return null;
  }

  private static Named id(StockKey item) {
    return new Named(item.store(), item.sku());
  }
}
