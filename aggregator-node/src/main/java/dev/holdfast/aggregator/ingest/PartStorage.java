package dev.holdfast.aggregator.ingest;

import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.aggregator.invariant.Difference;
import dev.holdfast.aggregator.invariant.DigestCheck;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Storage in which a partition's part of the view is replaced. For the writer thread. */
public interface PartStorage {
  /** The part is replaced from now on. */
  void rebuilding(int partition, ViewCursor cursor);

  /** A run of records on their way into a part, for another thread. */
  RecordRun run();

  /** Takes the file of a run in, without totals. */
  void takeIn(Path file);

  /**
   * Sets and removes records, few of them, without their totals. They last only once the part is
   * rebuilt.
   */
  void load(Map<StockKey, StockLevel> records, Collection<StockKey> removed);

  /** Makes totals the sums of the records, for SKUs in byte order, after one (empty: the first). */
  TotalsStep correctTotals(String afterSku, int skusMax);

  /**
   * The part is replaced: makes it last, with its cursor, and closes its violations.
   *
   * @param frozenStores those of the partition that are frozen at the cursor
   * @param letters those that it supersedes
   */
  void rebuilt(int partition, ViewCursor cursor, Set<String> frozenStores, LetterUpdate letters);

  /** Keeps a violation together with the cursor of a part that is not trusted any more. */
  void violated(DigestCheck check, ViewCursor cursor, List<Difference> differences);

  /** Adds what differs to the open violations of a partition that do not have it yet. */
  void named(int partition, List<Difference> differences);

  /**
   * How far totals were corrected.
   *
   * @param lastSku the last that was looked at
   * @param isLast whether no SKU follows
   * @param corrected how many were not right
   */
  record TotalsStep(String lastSku, boolean isLast, int corrected) {}
}
