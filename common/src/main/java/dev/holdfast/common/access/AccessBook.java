package dev.holdfast.common.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rights of everybody: those of a file, read again when it changes, and those of nodes. While
 * the file cannot be read, what was read before stays in force. For any thread; {@link #refresh}
 * for one at a time.
 */
public final class AccessBook {
  private static final Logger LOG = LoggerFactory.getLogger(AccessBook.class);

  /** What every node of the cluster may do: follow all partitions. */
  private static final Grant FOLLOW = new Grant(Role.VIEWER, Stores.ALL);

  private static final Rights OF_NODE = Rights.of(List.of(FOLLOW));
  private static final Rights OF_PEER =
      Rights.of(List.of(FOLLOW, new Grant(Role.PEER, Stores.ALL)));

  /** A file's state; another one means that it was written. */
  private record Stamp(@Nullable Object identity, long bytes, Instant modified) {}

  private static final Stamp MISSING = new Stamp(null, -1, Instant.EPOCH);

  /** Who may do everything while there is no file that says who may what. */
  private static final Map<String, Rights> WITHOUT_FILE =
      Map.of("user/admin", Rights.of(List.of(new Grant(Role.ADMIN, Stores.ALL))));

  private final @Nullable Path file;
  private final Set<String> peers;
  private Stamp stamp;
  private volatile Map<String, Rights> rights;
  private volatile @Nullable String problem;

  private AccessBook(
      @Nullable Path file, Set<String> peers, Stamp stamp, Map<String, Rights> rights) {
    this.file = file;
    this.peers = Set.copyOf(peers);
    this.stamp = stamp;
    this.rights = rights;
  }

  /**
   * Reads a file of grants.
   *
   * @param file without one, user/admin is the only admin, and nobody else may do anything
   * @param peers ids of the store nodes
   * @throws AccessFileException when it is missing or wrong
   */
  public static AccessBook open(@Nullable Path file, Set<String> peers) throws AccessFileException {
    if (file == null) {
      return new AccessBook(null, peers, MISSING, WITHOUT_FILE);
    }
    Stamp stamp = stamp(file); // before reading: a change in between is read again
    return new AccessBook(file, peers, stamp, read(file));
  }

  private static Map<String, Rights> read(Path file) throws AccessFileException {
    Map<String, Rights> rights = new HashMap<>();
    AccessFile.read(file).forEach((who, grants) -> rights.put(who, Rights.of(grants)));
    return Map.copyOf(rights);
  }

  /** Reads the file if it changed. While it is missing or wrong, that is said in log and health. */
  public void refresh() {
    if (file == null) {
      return;
    }
    Stamp now = stamp(file);
    if (now.equals(stamp)) {
      return;
    }
    stamp = now;
    try {
      rights = read(file);
      problem = null;
      LOG.info("read {} again: grants for {} principals", file, rights.size());
    } catch (AccessFileException e) {
      problem = e.getMessage();
      LOG.error("keeps the grants as read before: {}", e.getMessage());
    }
  }

  private static Stamp stamp(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(now.fileKey(), now.size(), now.lastModifiedTime().toInstant());
    } catch (IOException missing) {
      return MISSING;
    }
  }

  /** Why the file is not in force as it is now; null while it is. */
  public @Nullable String problem() {
    return problem;
  }

  /** What a principal may do now, besides what a token of it claims. */
  public Rights of(Principal principal) {
    return switch (principal.kind()) {
      case NODE -> isPeer(principal) ? OF_PEER : OF_NODE;
      case USER, SERVICE, TOKEN -> rights.getOrDefault(principal.text(), Rights.NONE);
      case ANONYMOUS -> Rights.NONE;
    };
  }

  private boolean isPeer(Principal node) {
    return peers.contains(node.id());
  }
}
