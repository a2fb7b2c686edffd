package dev.holdfast.store.raft;

import dev.holdfast.store.state.files.CheckpointFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the snapshots before the newest, as hard links: JRaft keeps one only. When the newest is
 * needed and found corrupt, the one before takes its place; Raft's log still reaches back to it.
 */
final class SnapshotShelf {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotShelf.class);
  private static final String PREFIX = "snapshot_";
  private static final int KEPT_MAX = 2; // and the newest, which is JRaft's

  private final Path snapshots;
  private final Path shelf;

  SnapshotShelf(Path snapshots, Path shelf) {
    this.snapshots = snapshots;
    this.shelf = shelf;
  }

  /** Puts the newest snapshot on the shelf before another one takes its place. */
  void keepNewest() throws IOException {
    Files.createDirectories(shelf);
    for (Path snapshot : list(snapshots)) {
      Path kept = shelf.resolve(snapshot.getFileName());
      if (!Files.exists(kept)) {
        link(snapshot, kept);
      }
    }
    List<Path> kept = list(shelf);
    for (Path old : kept.subList(0, Math.max(0, kept.size() - KEPT_MAX))) {
      CheckpointFiles.delete(old);
    }
  }

  /** Replaces the newest snapshot by the one before; false when there is none. */
  boolean fallBack() throws IOException {
    List<Path> newest = list(snapshots);
    List<Path> kept = Files.isDirectory(shelf) ? list(shelf) : List.of();
    if (newest.isEmpty()) {
      return false;
    }
    Path corrupt = newest.get(newest.size() - 1);
    List<Path> older = kept.stream().filter(each -> index(each) < index(corrupt)).toList();
    if (older.isEmpty()) {
      return false;
    }
    Path replacement = older.get(older.size() - 1);
    LOG.warn("snapshot {} is corrupt: falling back to {}", corrupt, replacement);
    CheckpointFiles.delete(corrupt);
    link(replacement, snapshots.resolve(replacement.getFileName()));
    return true;
  }

  /** The newest snapshot of JRaft's, null when there is none. */
  @Nullable Path newest() throws IOException {
    List<Path> all = Files.isDirectory(snapshots) ? list(snapshots) : List.of();
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith(PREFIX))
          .sorted(Comparator.comparingLong(SnapshotShelf::index))
          .toList();
    }
  }

  /** The Raft index that a snapshot's directory is named after. */
  static long index(Path snapshot) {
    return Long.parseLong(snapshot.getFileName().toString().substring(PREFIX.length()));
  }

  private static void link(Path from, Path to) throws IOException {
    Path building = to.resolveSibling("building-" + to.getFileName());
    if (Files.exists(building)) {
      CheckpointFiles.delete(building);
    }
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(building.resolve(from.relativize(directory).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.createLink(building.resolve(from.relativize(file).toString()), file);
            return FileVisitResult.CONTINUE;
          }
        });
    Files.move(building, to);
  }
}
