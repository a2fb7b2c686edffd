package dev.holdfast.store.state.db;

import dev.holdfast.common.crypt.DatabaseKeys;
import dev.holdfast.common.crypt.Encryption;
import dev.holdfast.store.decide.state.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a database that is not sealed into one that is, or the other way round: when encryption
 * was switched on, and when a snapshot comes from a peer where it is not as it is here. So a
 * database is always sealed as a whole or not at all, and no value has to tell.
 */
public final class Resealing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);
  private static final long BATCH_BYTES_MAX = 1 << 20;

  private final PartitionDb from;
  private final PartitionDb to;
  private final WriteBatch batch = new WriteBatch();
  private long rows;

  private Resealing(PartitionDb from, PartitionDb to) {
    this.from = from;
    this.to = to;
  }

  /** Whether there is a database, which is not as this process stores. */
  public static boolean isDue(Path database, Encryption encryption) {
    return Files.exists(database.resolve("CURRENT"))
        && DatabaseKeys.existIn(database) != encryption.isOn();
  }

  /**
   * Copies one into an empty directory. All of it is on disk when this returns.
   *
   * @return what is applied there
   */
  public static AppliedState run(Path from, Path to, RocksMemory memory, Encryption encryption)
      throws IOException {
    DatabaseKeys keys = encryption.readingFrom(from);
    long start = System.nanoTime();
    try (PartitionDb source = StateFormat.openWhole(from, memory, keys);
        PartitionDb target = StateFormat.openWhole(to, memory, encryption);
        Resealing resealing = new Resealing(source, target)) {
      resealing.copyAll();
      LOG.info(
          "{} {} rows of {} in {} ms",
          encryption.isOn() ? "encrypted" : "decrypted",
          resealing.rows,
          from,
          (System.nanoTime() - start) / 1_000_000);
      return AppliedState.of(target, target.latest());
    }
  }

  private void copyAll() {
    for (Family<?, ?> family : Family.all()) {
      if (from.isSealed() && family == Family.RECEIPTS) {
        restoreReceipts();
      } else {
        copy(family);
      }
    }
    flush();
    to.flush();
  }

  private void copy(Family<?, ?> family) {
    try (Cursor<?, ?> all = from.table(family).scan(from.latest())) {
      for (all.seekToFirst(); all.isValid(); all.next()) {
        byte[] key = all.keyBytes();
        if (family != Family.META || !Arrays.equals(key, StateKeys.FORMAT)) {
          put(family, key, all.valueBytes());
        }
      }
    }
  }

  /** Whose they are is hashed in their keys, but stands in the log: each is one of its events. */
  private void restoreReceipts() {
    AppliedState applied = AppliedState.of(from, from.latest());
    from.log()
        .forEachEvent(
            applied.receiptsEvictedThrough() + 1,
            applied.sequence(),
            (sequence, event) -> {
              if (event.isReceipt()) {
                Receipt receipt = new Receipt(sequence, event.fingerprint());
                byte[] key = StateKeys.of(event.receiptKey());
                put(Family.RECEIPTS, key, StateRecords.encode(receipt));
              }
            });
  }

  private void put(Family<?, ?> family, byte[] key, byte[] value) {
    to.table(family).putEncoded(batch, key, value);
    rows++;
    if (batch.getDataSize() > BATCH_BYTES_MAX) {
      flush();
    }
  }

  private void flush() {
    to.write(batch);
    batch.clear();
  }

  @Override
  public void close() {
    batch.close();
  }
}
