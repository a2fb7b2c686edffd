package dev.holdfast.aggregator.storage;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.holdfast.aggregator.ingest.SyncFlag;
import dev.holdfast.proto.log.v1.ViewMetaRecord;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/** Whose data directory it is. Written once, checked at every start. */
final class DataDirectoryOwner implements SyncFlag {
  /** The format this build writes. It reads the one before as well, and turns it into this. */
  static final int FORMAT = 5;

  private static final int FORMAT_BEFORE = 4;

  /** Is set in the format of a sealed view: builds that cannot open it say so. */
  private static final int SEALED = 0x40;

  private static final String OTHER_DIRECTORY =
      "; set holdfast.node.data-dir to another directory, or remove this one to build the view"
          + " anew";

  private static final String NEWER =
      "NEEDS_NEWER_BUILD: data directory %s has format %d, which this build does not know: a newer"
          + " build wrote it. Install the newer build on this aggregator; its view stays as it is";

  private final ViewDatabase database;
  private final Path directory;

  DataDirectoryOwner(ViewDatabase database, Path directory) {
    this.database = database;
    this.directory = directory;
  }

  /** Says of the copy of a view that it is sealed, durably. */
  static void markSealed(ViewDatabase copy) throws RocksDBException {
    byte[] bytes = copy.get(Family.META, ViewKeys.META);
    if (bytes == null) {
      return; // it was never claimed
    }
    try (WriteOptions durable = new WriteOptions().setSync(true)) {
      ViewMetaRecord meta = ViewMetaRecord.parseFrom(bytes);
      byte[] marked = meta.toBuilder().setFormat(meta.getFormat() | SEALED).build().toByteArray();
      copy.db().put(copy.handle(Family.META), durable, ViewKeys.META, marked);
    } catch (InvalidProtocolBufferException e) {
      throw new StorageException("cannot read whose the view is", e);
    }
  }

  /**
   * Marks a new directory with its owner, or compares.
   *
   * @param upgrade turns data of the format before into this one
   */
  void claim(String clusterId, String nodeId, Runnable upgrade)
      throws DataDirectoryException, RocksDBException {
    byte[] bytes = database.db().get(database.handle(Family.META), ViewKeys.META);
    if (bytes != null) {
      ViewMetaRecord meta = parsed(bytes);
      check(meta, clusterId, nodeId);
      if (meta.getFormat() == FORMAT_BEFORE) {
        upgrade.run();
        store(meta.toBuilder().setFormat(FORMAT).build());
      }
      return;
    }
    store(
        ViewMetaRecord.newBuilder()
            .setFormat(FORMAT)
            .setClusterId(clusterId)
            .setNodeId(nodeId)
            .build());
  }

  private void check(ViewMetaRecord meta, String clusterId, String nodeId)
      throws DataDirectoryException {
    if (meta.getFormat() > FORMAT) {
      throw new DataDirectoryException(NEWER.formatted(directory, meta.getFormat()), null);
    }
    if (meta.getFormat() < FORMAT_BEFORE) {
      throw refused(
          "has format %d, this build reads formats %d and %d"
              .formatted(meta.getFormat(), FORMAT_BEFORE, FORMAT));
    }
    if (!meta.getClusterId().equals(clusterId)) {
      throw refused("belongs to cluster " + meta.getClusterId() + ", not " + clusterId);
    }
    if (!meta.getNodeId().equals(nodeId)) {
      throw refused("belongs to node " + meta.getNodeId() + ", not " + nodeId);
    }
  }

  /** 0 while the cluster was never met. */
  int partitionCount() throws DataDirectoryException, RocksDBException {
    return meta().getPartitionCount();
  }

  void bindPartitions(int count) throws DataDirectoryException, RocksDBException {
    ViewMetaRecord meta = meta();
    if (meta.getPartitionCount() == 0) {
      store(meta.toBuilder().setPartitionCount(count).build());
    } else if (meta.getPartitionCount() != count) {
      throw refused(
          "holds " + meta.getPartitionCount() + " partitions, but the cluster has " + count);
    }
  }

  @Override
  public boolean isStopped() {
    return database.uses().during(this::storedStopped);
  }

  private boolean storedStopped() {
    try {
      return meta().getSyncStopped();
    } catch (RocksDBException | DataDirectoryException e) {
      throw new StorageException("cannot read whether sync is stopped", e);
    }
  }

  @Override
  public void set(boolean stopped) {
    database.uses().during(() -> storeStopped(stopped));
  }

  private void storeStopped(boolean stopped) {
    try {
      store(meta().toBuilder().setSyncStopped(stopped).build());
    } catch (RocksDBException | DataDirectoryException e) {
      throw new StorageException("cannot store whether sync is stopped", e);
    }
  }

  boolean isHistoryOff() throws DataDirectoryException, RocksDBException {
    return meta().getHistoryOff();
  }

  void setHistoryOff(boolean off) throws DataDirectoryException, RocksDBException {
    store(meta().toBuilder().setHistoryOff(off).build());
  }

  private ViewMetaRecord meta() throws DataDirectoryException, RocksDBException {
    return parsed(database.db().get(database.handle(Family.META), ViewKeys.META));
  }

  private ViewMetaRecord parsed(byte[] bytes) throws DataDirectoryException {
    try {
      ViewMetaRecord meta = ViewMetaRecord.parseFrom(bytes);
      boolean isSealed = (meta.getFormat() & SEALED) != 0;
      if (isSealed != database.seal().isOn()) {
        throw refused(
            isSealed
                ? "is encrypted, and its file keys.json is missing"
                : "is not encrypted, and yet it has a file keys.json");
      }
      return meta.toBuilder().setFormat(meta.getFormat() & ~SEALED).build();
    } catch (InvalidProtocolBufferException e) {
      throw refused("is corrupt: " + e.getMessage());
    }
  }

  private void store(ViewMetaRecord meta) throws RocksDBException {
    int format = database.seal().isOn() ? meta.getFormat() | SEALED : meta.getFormat();
    byte[] bytes = meta.toBuilder().setFormat(format).build().toByteArray();
    try (WriteOptions durable = new WriteOptions().setSync(true)) {
      database.db().put(database.handle(Family.META), durable, ViewKeys.META, bytes);
    }
  }

  private DataDirectoryException refused(String why) {
    return new DataDirectoryException(
        "data directory " + directory + " " + why + OTHER_DIRECTORY, null);
  }
}
