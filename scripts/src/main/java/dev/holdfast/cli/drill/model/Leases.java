package dev.holdfast.cli.drill.model;

import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.AcquireLeaseResponse;
import dev.holdfast.proto.inventory.v1.Lease;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseResponse;
import dev.holdfast.proto.inventory.v1.RenewLeaseRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Leases on items, and the check of fencing tokens. */
final class Leases {
  private final Settings settings;
  private final Table<Item, Lease> leases;

  Leases(Settings settings, Undo undo) {
    this.settings = settings;
    this.leases = new Table<>(undo);
  }

  AcquireLeaseResponse acquire(AcquireLeaseRequest request, Moment now) throws Refused {
    Item item = new Item(request.getStore(), request.getSku());
    Lease held = live(item, now);
    long until = now.millis() + ttl(request.hasTtlMillis(), request.getTtlMillis());
    if (held != null && !held.getHolder().equals(request.getHolder())) {
      throw locked(item);
    }
    Lease lease =
        held != null
            ? longer(held, until)
            : Lease.newBuilder()
                .setStore(item.store())
                .setSku(item.sku())
                .setHolder(request.getHolder())
                .setToken(now.sequence())
                .setExpiresMillis(until)
                .build();
    leases.put(item, lease);
    return AcquireLeaseResponse.newBuilder().setLease(lease).build();
  }

  RenewLeaseResponse renew(RenewLeaseRequest request, Moment now) throws Refused {
    Item item = new Item(request.getStore(), request.getSku());
    Lease held = own(item, request.getToken(), now);
    long until = now.millis() + ttl(request.hasTtlMillis(), request.getTtlMillis());
    Lease lease = longer(held, until);
    leases.put(item, lease);
    return RenewLeaseResponse.newBuilder().setLease(lease).build();
  }

  ReleaseLeaseResponse release(ReleaseLeaseRequest request, Moment now) throws Refused {
    Item item = new Item(request.getStore(), request.getSku());
    own(item, request.getToken(), now);
    leases.put(item, null);
    return ReleaseLeaseResponse.getDefaultInstance();
  }

  /** Every token must be that of a live lease on an item, and every such lease must be named. */
  void check(Collection<Item> items, List<Long> tokens, Moment now) throws Refused {
    Set<Long> unused = new HashSet<>(tokens);
    Item locked = null;
    for (Item item : items) {
      Lease lease = live(item, now);
      if (lease != null && !tokens.contains(lease.getToken())) {
        locked = locked == null ? item : locked;
      } else if (lease != null) {
        unused.remove(lease.getToken());
      }
    }
    if (!unused.isEmpty()) {
      Item first = items.isEmpty() ? new Item("", "") : items.iterator().next();
      throw Refused.item("STALE_TOKEN", locked == null ? first : locked);
    }
    if (locked != null) {
      throw locked(locked);
    }
  }

  @Nullable Lease live(Item item, Moment now) {
    Lease lease = leases.get(item);
    return lease == null || lease.getExpiresMillis() <= now.millis() ? null : lease;
  }

  void addTo(State state) {
    state.add(leases.copy());
  }

  private Lease own(Item item, long token, Moment now) throws Refused {
    Lease held = live(item, now);
    if (held == null || held.getToken() != token) {
      throw Refused.item("STALE_TOKEN", item);
    }
    return held;
  }

  /** Never for shorter. */
  private static Lease longer(Lease held, long until) {
    return held.toBuilder().setExpiresMillis(Math.max(held.getExpiresMillis(), until)).build();
  }

  private static Refused locked(Item item) {
    return Refused.item("LOCKED", item)
        .with("lock_key", encoded(item.store()) + "/" + encoded(item.sku()));
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private long ttl(boolean given, long millis) {
    return given ? millis : settings.leaseTtl().toMillis();
  }
}
