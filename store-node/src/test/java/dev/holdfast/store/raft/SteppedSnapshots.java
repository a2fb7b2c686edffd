package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.core.StateMachineAdapter;
import com.alipay.sofa.jraft.entity.LocalFileMetaOutter.LocalFileMeta;
import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotWriter;
import dev.holdfast.store.state.files.CheckpointFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of a replica as JRaft keeps them: half done in one place, then moved to another.
 */
final class SteppedSnapshots {
  private static final String PREFIX = "snapshot_";

  private final Path done;
  private final Path older;
  private final Path temp;

  SteppedSnapshots(Path directory) {
    this.done = directory.resolve("new");
    this.older = directory.resolve("old");
    this.temp = directory.resolve("temp");
  }

  SnapshotShelf shelf() {
    return new SnapshotShelf(done, older);
  }

  /** Lets a state machine save its state; null when it did not. */
  @Nullable Path make(StateMachineAdapter machine, long index, long term) {
    LocalSnapshotWriter writer = writer();
    List<Status> told = new ArrayList<>();
    machine.onSnapshotSave(writer, told::add);
    if (told.size() != 1) {
      throw new AssertionError("JRaft waits for the end of a snapshot, told " + told);
    }
    return told.get(0).isOk() ? close(writer, index, term) : null;
  }

  /** Copies the snapshot of another replica. */
  Path copy(Path other, long index, long term) {
    LocalSnapshotReader reader = reader(other);
    LocalSnapshotWriter writer = writer();
    for (String name : reader.listFiles()) {
      Path to = temp.resolve(name);
      try {
        Files.createDirectories(to.resolveSibling("."));
        Files.createLink(to, other.resolve(name));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      writer.addFile(name, (LocalFileMeta) reader.getFileMeta(name));
    }
    return close(writer, index, term);
  }

  /** Whether the state machine put it in place. */
  boolean load(StateMachineAdapter machine, Path snapshot) {
    return machine.onSnapshotLoad(reader(snapshot));
  }

  private static LocalSnapshotReader reader(Path snapshot) {
    LocalSnapshotReader reader =
        new LocalSnapshotReader(null, null, null, new RaftOptions(), snapshot.toString());
    if (!reader.init(null)) {
      throw new AssertionError("no snapshot in " + snapshot);
    }
    return reader;
  }

  /** What was left half done is begun anew. */
  private LocalSnapshotWriter writer() {
    try {
      delete(temp);
      Files.createDirectories(temp);
      Files.createDirectories(done);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    LocalSnapshotWriter writer = new LocalSnapshotWriter(temp.toString(), null, new RaftOptions());
    if (!writer.init(null)) {
      throw new AssertionError("no writer in " + temp);
    }
    return writer;
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      CheckpointFiles.delete(directory);
    }
  }

  private Path close(LocalSnapshotWriter writer, long index, long term) {
    writer.saveMeta(
        SnapshotMeta.newBuilder().setLastIncludedIndex(index).setLastIncludedTerm(term).build());
    Path made = done.resolve(PREFIX + index);
    try {
      if (!writer.sync()) {
        throw new AssertionError("the meta file of " + made + " was not written");
      }
      delete(made);
      Files.move(temp, made);
      try (Stream<Path> all = Files.list(done)) {
        for (Path each : all.filter(each -> !each.equals(made)).toList()) {
          delete(each);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return made;
  }
}
