package dev.holdfast.store.testing;

import dev.holdfast.common.domain.LeaseCommand;
import dev.holdfast.store.decide.state.Moment;
import dev.holdfast.store.testing.Ledger.Named;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The reference model of leases, written from the comments of lease.proto. */
final class LeaseAuditor {
  private record Held(String holder, long token, long until) {}

  private final Map<Named, Held> leases = new HashMap<>();

  String answer(LeaseCommand command, Moment now) {
    Named id = new Named(command.store(), command.item().sku());
    Held held = held(id, now);
    if (command instanceof LeaseCommand.AcquireLease c) {
      return acquire(id, c, held, now);
    }
    if (command instanceof LeaseCommand.RenewLease c) {
      return held == null || held.token != c.token()
          ? "STALE_TOKEN"
          : keep(id, held, now.timeMillis() + c.ttlMillis());
    }
    LeaseCommand.ReleaseLease c = (LeaseCommand.ReleaseLease) command;
    if (held == null || held.token != c.token()) {
      return "STALE_TOKEN";
    }
    leases.remove(id);
    return "released";
  }

  private String acquire(Named id, LeaseCommand.AcquireLease c, @Nullable Held held, Moment now) {
    long until = now.timeMillis() + c.ttlMillis();
    if (held != null) {
      return held.holder.equals(c.holder()) ? keep(id, held, until) : "LOCKED " + id.name();
    }
    if (leases.keySet().stream().filter(other -> held(other, now) != null).count()
        >= c.leasesMax()) {
      return "TOO_MANY_LEASES " + id.name();
    }
    leases.put(id, new Held(c.holder(), now.sequence(), until));
    return "granted " + c.holder() + " until " + until;
  }

  private String keep(Named id, Held held, long until) {
    Held kept = new Held(held.holder, held.token, Math.max(held.until, until));
    leases.put(id, kept);
    return "kept " + kept.holder + " until " + kept.until;
  }

  private @Nullable Held held(Named id, Moment now) {
    Held held = leases.get(id);
    return held == null || held.until <= now.timeMillis() ? null : held;
  }

  /** Why a command with these tokens may not touch these items; null when it may. */
  @Nullable String refusal(Collection<Named> items, List<Long> tokens, Moment now) {
    List<Long> useless = new ArrayList<>(tokens);
    String locked = null;
    for (Named id : items) {
      Held held = held(id, now);
      if (held != null) {
        useless.removeIf(token -> token == held.token);
        if (!tokens.contains(held.token) && locked == null) {
          locked = "LOCKED " + id.name();
        }
      }
    }
    return useless.isEmpty() ? locked : "STALE_TOKEN";
  }

  /** The tokens that a command on these items needs. */
  List<Long> tokens(Collection<Named> items, Moment now) {
    List<Long> tokens = new ArrayList<>();
    for (Named id : items) {
      Held held = held(id, now);
      if (held != null) {
        tokens.add(held.token);
      }
    }
    return tokens.stream().distinct().toList();
  }

  /** Those that last still. */
  Map<String, String> state(Moment now) {
    Map<String, String> state = new TreeMap<>();
    leases.forEach(
        (id, held) -> {
          if (held(id, now) != null) {
            state.put("leased " + id.scope() + ":" + id.name(), held.holder + " " + held.token);
          }
        });
    return state;
  }
}
