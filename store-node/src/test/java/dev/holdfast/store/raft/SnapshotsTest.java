package dev.holdfast.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotWriter;
import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.db.RocksMemory;
import dev.holdfast.store.state.files.CheckpointFiles;
import dev.holdfast.store.testing.RandomLog;
import dev.holdfast.store.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotsTest {
  private final RocksMemory memory = new RocksMemory(8 << 20, 32 << 20);
  private final RecordedListener listener = new RecordedListener();
  private final List<Status> done = new ArrayList<>();
  @TempDir private Path root;
  private StateStore store;
  private LocalSnapshotWriter writer;

  @BeforeEach
  void open() throws IOException {
    store = StateStore.open(root.resolve("state"), memory, TestKeys.usual());
    store.apply(
        applier -> {
          for (RandomLog.Entry entry : new RandomLog(7, 100).entries()) {
            applier.apply(entry.index(), entry.term(), entry.encoded());
          }
        });
    Path written = Files.createDirectories(root.resolve("temp"));
    Files.createDirectories(root.resolve("new"));
    writer = new LocalSnapshotWriter(written.toString(), null, new RaftOptions());
    assertThat(writer.init(null)).isTrue();
  }

  @AfterEach
  void close() {
    store.close();
    memory.close();
  }

  private Snapshots snapshots(Snapshots.Sync sync) {
    SnapshotShelf shelf = new SnapshotShelf(root.resolve("new"), root.resolve("old"));
    return new Snapshots(store, shelf, Runnable::run, listener, listener, sync);
  }

  /** After a power failure, the log behind a snapshot that counts is gone. */
  @Test
  void shouldBeOnDiskBeforeItCounts() {
    List<List<Path>> synced = new ArrayList<>();
    Snapshots snapshots =
        snapshots(
            checkpoint -> {
              assertThat(writer.listFiles()).as("promised before").isEmpty();
              synced.add(CheckpointFiles.list(checkpoint));
            });

    snapshots.save(writer, done::add);

    assertThat(done).hasSize(1).allMatch(Status::isOk);
    assertThat(synced).hasSize(1);
    assertThat(writer.listFiles())
        .hasSize(synced.get(0).size())
        .allMatch(name -> synced.get(0).contains(root.resolve("temp").resolve(name)));
    assertThat(snapshots.newestSequence()).isEqualTo(store.applied().sequence());
  }

  /** Of a database that finds nothing wrong with it, as RocksDB does of many a flipped bit. */
  @Test
  void shouldFallBackToTheSnapshotBeforeOneOfWhichABitFlipped() throws IOException {
    Snapshots snapshots = snapshots(CheckpointFiles::sync);
    snapshots.save(writer, done::add);
    long index = store.applied().raftIndex();
    writer.saveMeta(
        SnapshotMeta.newBuilder().setLastIncludedIndex(index + 1).setLastIncludedTerm(1).build());
    assertThat(writer.sync()).isTrue();
    Path newest = Files.move(root.resolve("temp"), root.resolve("new/snapshot_" + (index + 1)));
    Path older = Files.createDirectories(root.resolve("old/snapshot_" + index));
    snapshots.fallBackWhenNeeded();
    assertThat(newest).exists();

    Path file =
        CheckpointFiles.list(newest.resolve("state")).stream()
            .filter(each -> each.toString().endsWith(".sst"))
            .findFirst()
            .orElseThrow();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.delete(file); // a table is a link
    Files.write(file, bytes);
    snapshots.fallBackWhenNeeded();

    assertThat(newest).doesNotExist();
    assertThat(root.resolve("new").resolve(older.getFileName())).exists();
  }

  @Test
  void shouldNotCountWhenItCannotBeSynced() {
    Snapshots snapshots =
        snapshots(
            checkpoint -> {
              throw new IOException("the disk is gone");
            });

    snapshots.save(writer, done::add);

    assertThat(done).hasSize(1).noneMatch(Status::isOk);
    assertThat(snapshots.newestIndex()).isZero();
  }
}
