package dev.holdfast.cli.drill.run;

import com.google.protobuf.Message;
import dev.holdfast.cli.drill.workload.RandomRequests;
import dev.holdfast.cli.drill.workload.RandomRequests.Mix;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Small groups of calls on items of their own, one group after the other: a search that trusts no
 * version can check them. Thread-safe.
 */
final class SmallGroups {
  static final int CLIENTS = 4;
  private static final int CALLS = 160;

  /** The search has to try calls with an unknown outcome at every place. */
  private static final int UNKNOWN_MAX = 4;

  /** Each adds two items that must be removed in the end. */
  private static final int GROUPS_MAX = 1_000;

  private static final long PAUSE_MILLIS = 40;

  private record Turn(int group, Message request) {}

  private final Random random;
  private final DrillStores stores;
  private final Deque<Message> opening = new ArrayDeque<>();
  private RandomRequests requests;
  private int group;
  private int calls;
  private int unknown;

  SmallGroups(Random random, DrillStores stores) {
    this.random = random;
    this.stores = stores;
    this.requests = nextGroup();
  }

  /** Makes calls until there are enough. */
  void call(Caller caller, BooleanSupplier stopped) throws InterruptedException {
    for (Turn turn = next(); turn != null && !stopped.getAsBoolean(); turn = next()) {
      if (caller.call(turn.request, token -> {})) {
        noteUnknown(turn.group);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  synchronized int count() {
    return Math.min(group, GROUPS_MAX);
  }

  private synchronized @Nullable Turn next() {
    if (calls == CALLS || unknown >= UNKNOWN_MAX) {
      requests = nextGroup();
    }
    calls++;
    if (group > GROUPS_MAX) {
      return null;
    }
    Message first = opening.poll();
    return new Turn(group, first == null ? random() : first);
  }

  private RandomRequests nextGroup() {
    group++;
    calls = 0;
    unknown = 0;
    RandomRequests next =
        new RandomRequests(new Random(random.nextLong()), Mix.WITHOUT_EXPIRY, stores.group(group));
    opening.clear();
    opening.addAll(next.opening());
    return next;
  }

  /** A frozen store would make one group of all. */
  private Message random() {
    Message request = requests.next();
    while (request instanceof SetStoreFrozenRequest) {
      request = requests.next();
    }
    return request;
  }

  private synchronized void noteUnknown(int ofGroup) {
    if (ofGroup == group) {
      unknown++;
    }
  }
}
