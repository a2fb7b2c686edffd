package dev.holdfast.cli.drill.run;

import com.google.protobuf.Message;
import dev.holdfast.cli.drill.workload.Ground;
import dev.holdfast.common.client.HoldfastClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The names that are the drill's own: its stores, which lie in all partitions, its keys and ids.
 *
 * @param prefix of all its names
 * @param shared stores that everybody changes
 * @param small a store for small groups of calls that have items to themselves
 */
record DrillStores(String prefix, List<String> shared, String small) {
  /** Few, so that callers get in each other's way. */
  private static final int STORES_MIN = 6;

  /** A caller works in a few stores, so that it finds its own reservations again. */
  private static final int STORES_PER_CALLER = 3;

  private static final int NAMES_TRIED_MAX = 10_000;
  static final List<String> SKUS = List.of("tea", "ice");
  private static final List<String> BULK_SKUS =
      List.of("nut", "oil", "rye", "fig", "oat", "pea", "egg", "yam");

  /** Times in a mesh of nodes are this much longer than in one process. */
  private static final int PACE = 5;

  private static final long LASTING_TTL_MILLIS = 600_000;

  /** Names stores. The client knows the topology. */
  static DrillStores over(HoldfastClient client, int partitions, String id) {
    String prefix = "drill-" + id + "-";
    int each = Math.max(1, (STORES_MIN + partitions - 1) / partitions);
    Map<Integer, Integer> inPartition = new HashMap<>();
    List<String> shared = new ArrayList<>();
    for (int i = 1; shared.size() < partitions * each && i < NAMES_TRIED_MAX; i++) {
      String store = prefix + i;
      if (inPartition.merge(client.partitionOf(store), 1, Integer::sum) <= each) {
        shared.add(store);
      }
    }
    return new DrillStores(prefix, List.copyOf(shared), prefix + "small");
  }

  List<String> all() {
    List<String> all = new ArrayList<>(shared);
    all.add(small);
    return all;
  }

  /** What concerns the drill: a key, or the name of a store. */
  boolean isOurs(String name) {
    return name.startsWith(prefix);
  }

  /** Creates the items that exist from the beginning. */
  List<Message> opening() {
    AtomicInteger keys = new AtomicInteger();
    return whole().opening(() -> prefix + "open-" + keys.incrementAndGet());
  }

  /**
   * Reads all items.
   *
   * @param groups so many small groups of calls there were
   */
  List<Message> closing(int groups) {
    List<Message> reads = new ArrayList<>(whole().closing());
    for (int group = 1; group <= groups; group++) {
      reads.addAll(group(group).closing());
    }
    return reads;
  }

  private Ground whole() {
    List<String> skus = new ArrayList<>(SKUS);
    skus.addAll(BULK_SKUS);
    return new Ground(prefix, shared, skus, PACE, LASTING_TTL_MILLIS);
  }

  /** The items on which a caller meets the others. */
  Ground mixed(int client) {
    return new Ground(prefix + client + "-", near(client), SKUS, PACE, LASTING_TTL_MILLIS);
  }

  /** The items of a caller of batches: some of the others' too. */
  Ground bulk(int client) {
    List<String> skus = new ArrayList<>(BULK_SKUS);
    skus.add(SKUS.get(client % SKUS.size()));
    return new Ground(prefix + client + "-", near(client), skus, PACE, LASTING_TTL_MILLIS);
  }

  /** Items of a small group alone. */
  Ground group(int number) {
    String prefixOfGroup = prefix + "g" + number + "-";
    List<String> skus = SKUS.stream().map(sku -> sku + "-" + number).toList();
    return new Ground(prefixOfGroup, List.of(small), skus, PACE, LASTING_TTL_MILLIS);
  }

  private List<String> near(int client) {
    List<String> near = new ArrayList<>();
    for (int i = 0; i < Math.min(STORES_PER_CALLER, shared.size()); i++) {
      near.add(shared.get((client + i) % shared.size()));
    }
    return near;
  }
}
