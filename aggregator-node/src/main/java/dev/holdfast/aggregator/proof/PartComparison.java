package dev.holdfast.aggregator.proof;

import dev.holdfast.aggregator.export.PartitionExport;
import dev.holdfast.aggregator.invariant.Difference;
import dev.holdfast.aggregator.invariant.PartProof;
import dev.holdfast.aggregator.invariant.RecordComparison;
import dev.holdfast.aggregator.invariant.UnprovenException;
import dev.holdfast.aggregator.invariant.Violation;
import dev.holdfast.common.domain.DigestBuckets;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares a partition's part of the view with an export at the same sequence. Digests tell in
 * which buckets they differ; only these are read, as many at a time as memory allows.
 */
final class PartComparison {
  private static final long RECORDS_AT_A_TIME_MAX = 100_000;

  private final ViewPart part;
  private final PartitionExport export;
  private final List<StateDigest> view;
  private final List<StateDigest> stores;

  PartComparison(ViewPart part, PartitionExport export) throws UnprovenException {
    this.part = part;
    this.export = export;
    this.view = part.digests().digests();
    this.stores = export.digests();
    if (stores.size() != DigestBuckets.COUNT) {
      throw new UnprovenException(export.nodeId() + " sends " + stores.size() + " digests");
    }
  }

  /** Is given what differs, in portions. */
  @FunctionalInterface
  interface Reader {
    void read(List<Difference> differences) throws UnprovenException;
  }

  void differences(Reader to) throws UnprovenException {
    BitSet buckets = new BitSet(DigestBuckets.COUNT);
    long records = 0;
    for (int bucket : DigestBuckets.differing(view, stores)) {
      long more = view.get(bucket).records() + stores.get(bucket).records();
      if (records > 0 && records + more > RECORDS_AT_A_TIME_MAX) {
        to.read(differences(buckets));
        buckets.clear();
        records = 0;
      }
      buckets.set(bucket);
      records += more;
    }
    if (!buckets.isEmpty()) {
      to.read(differences(buckets));
    }
  }

  private List<Difference> differences(BitSet buckets) throws UnprovenException {
    Map<StockKey, StockLevel> exported = new HashMap<>();
    export.read(buckets.stream().boxed().toList(), exported::putAll);
    RecordComparison differences = new RecordComparison(exported);
    part.records(buckets, differences::view);
    return differences.found();
  }

  /** The proof, or what is against it. */
  PartProof proof(int partition) throws UnprovenException {
    Tally wrong = new Tally();
    Tally parked = new Tally();
    differences(
        found -> found.forEach(each -> (part.isParked(each.item()) ? parked : wrong).add(each)));
    var at = new PartProof.At(partition, export.cursor().sequence(), export.nodeId());
    return new PartProof(at, total(view), total(stores), wrong.found(), parked.found(), false);
  }

  /** Counts all, and keeps some. */
  private static final class Tally {
    private final List<Difference> named = new ArrayList<>();
    private long count;

    void add(Difference difference) {
      count++;
      if (named.size() < Violation.DIFFERENCES_MAX) {
        named.add(difference);
      }
    }

    PartProof.DifferingItems found() {
      return new PartProof.DifferingItems(List.copyOf(named), count);
    }
  }

  private static StateDigest total(List<StateDigest> buckets) {
    StateDigest total = StateDigest.EMPTY;
    for (StateDigest bucket : buckets) {
      total = total.plus(bucket);
    }
    return total;
  }
}
