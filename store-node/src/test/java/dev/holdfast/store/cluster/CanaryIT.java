package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.Caller.adjustment;
import static dev.holdfast.store.cluster.Caller.creation;
import static dev.holdfast.store.cluster.Caller.reservation;
import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.LeaseServiceGrpc;
import dev.holdfast.store.testing.TestKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Known words in every field that may hold any, and then a look at every byte that the nodes left
 * on the disk: none with encryption, all without.
 */
final class CanaryIT {
  private static final int EVERY = 60;
  private static final String SKU = "sku";

  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** The principal of all who are not known. */
  private static final String PRINCIPAL = "anonymous";

  // They are nowhere else on this machine, and have nothing in common that compression would find.
  private final String reference = word();
  private final String request = word();
  private final String key = word();
  private final String holder = word();
  private final String leaseHolder = word();
  private final String order = word();

  private final FileTime begin = FileTime.fromMillis(System.currentTimeMillis() - 1_000);
  @TempDir private Path directory;
  private int turns;

  private Set<String> words() {
    return new TreeSet<>(Set.of(reference, request, key, holder, leaseHolder, order, PRINCIPAL));
  }

  private static String word() {
    SecureRandom random = new SecureRandom();
    return random
        .ints(20, 0, LETTERS.length())
        .mapToObj(i -> LETTERS.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  @Test
  void shouldLeaveNoWordOnTheDiskWhenEncrypted() throws Exception {
    live(TestKeys.settings());

    assertThat(wordsIn(directory)).isEmpty();
    assertThat(wordsInTemporaryFiles()).isEmpty();
  }

  /** Else the scan would find nothing whatever there is. */
  @Test
  void shouldFindEveryWordWhenNotEncrypted() throws Exception {
    live(Map.of("encryption.enabled", "false"));

    assertThat(wordsIn(directory)).isEqualTo(words());
    assertThat(wordsInTemporaryFiles()).isEmpty();
  }

  /** Writes, snapshots, restarts, a wiped disk, compaction. */
  private void live(Map<String, String> encryption) throws Exception {
    Map<String, String> settings = new HashMap<>(encryption);
    settings.put("snapshot.every-events", Integer.toString(EVERY));
    try (TestCluster cluster = TestCluster.started(directory, settings)) {
      writeWords(cluster);
      fill(cluster);
      cluster.nodes().forEach(TestNode::stop);
      cluster.start();
      TestNode wiped = cluster.node(2);
      wiped.stop();
      DiskFaults.delete(wiped.dataDir());
      cluster.awaitLeaders();
      wiped.start();
      for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
        cluster.awaitEqualReplicas(partition);
      }
      writeWords(cluster);
      for (TestNode node : cluster.nodes()) {
        assertThat(node.replica(0).fault()).isNull();
        node.stop();
      }
      for (Path state : DiskFaults.find(directory, "CURRENT")) {
        if (Files.exists(state.resolveSibling("IDENTITY"))) {
          compact(state.resolveSibling(""));
        }
      }
    }
  }

  private void writeWords(TestCluster cluster) {
    Caller caller = cluster.node(0).call().withRequestId(request);
    for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
      String at = store(partition);
      int turn = turns++;
      var creation = creation(at, SKU + turn, 1_000_000).toBuilder();
      var create = creation.setIdempotencyKey(key + turn).setReference(reference).build();
      caller.ask(inventory -> inventory.createItem(create));
      var adjust =
          adjustment(at, create.getSku(), -3)
              .setIdempotencyKey(key + turn + "-2")
              .setReference(reference)
              .build();
      caller.ask(inventory -> inventory.adjustStock(adjust));
      var reserve =
          reservation(at, "held" + turn, create.getSku(), 7)
              .setIdempotencyKey(key + turn + "-3")
              .setHolder(holder)
              .setReference(order)
              .build();
      caller.ask(inventory -> inventory.reserve(reserve));
      var lease =
          AcquireLeaseRequest.newBuilder()
              .setStore(at)
              .setSku(create.getSku())
              .setHolder(leaseHolder)
              .setIdempotencyKey(key + turn + "-4")
              .setTtlMillis(600_000)
              .build();
      patiently()
          .ignoreExceptions()
          .until(
              () -> caller.stub(LeaseServiceGrpc::newBlockingStub).acquireLease(lease).hasLease());
    }
  }

  /** Until every log was cut behind a snapshot. */
  private static void fill(TestCluster cluster) {
    for (int round = 0; round < 3; round++) {
      for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
        if (round == 0) {
          cluster.node(0).call().create(store(partition), SKU, 1_000_000);
        }
        cluster.move(store(partition), SKU, EVERY + 10);
      }
      for (TestNode node : cluster.nodes()) {
        long before = node.state(0).applied().raftIndex() - EVERY;
        patiently().until(() -> node.replica(0).raft().snapshotIndex() >= before);
      }
    }
  }

  /** As whoever has the disk: keys are not needed for that. */
  private static void compact(Path database) throws RocksDBException {
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (Options plain = new Options();
        DBOptions options = new DBOptions();
        RocksDB db =
            RocksDB.open(
                options,
                database.toString(),
                RocksDB.listColumnFamilies(plain, database.toString()).stream()
                    .map(ColumnFamilyDescriptor::new)
                    .toList(),
                handles)) {
      for (ColumnFamilyHandle handle : handles) {
        db.compactRange(handle);
        handle.close();
      }
    }
  }

  private Set<String> wordsIn(Path root) throws IOException {
    Set<String> found = new TreeSet<>();
    Files.walkFileTree(root, new Scan(found, begin));
    return found;
  }

  /** Of those that were written meanwhile, by whomever: the words are unique but for one. */
  private Set<String> wordsInTemporaryFiles() throws IOException {
    Set<String> found = new TreeSet<>();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (var entries = Files.list(temporary)) {
      for (Path entry : entries.filter(each -> !directory.startsWith(each)).toList()) {
        if (Files.isRegularFile(entry) && !isOwnOutput(entry)) {
          Files.walkFileTree(entry, new Scan(found, begin));
        }
      }
    }
    found.remove(PRINCIPAL);
    return found;
  }

  /** What is logged, and names requests, may be led into a file there. */
  private static boolean isOwnOutput(Path file) throws IOException {
    for (String output : List.of("/proc/self/fd/1", "/proc/self/fd/2")) {
      if (Files.exists(Path.of(output)) && Files.isSameFile(Path.of(output), file)) {
        return true;
      }
    }
    return false;
  }

  /** Reads whole files; there are few, and they are small. */
  private final class Scan extends SimpleFileVisitor<Path> {
    private final Set<String> found;
    private final FileTime since;

    Scan(Set<String> found, FileTime since) {
      this.found = found;
      this.since = since;
    }

    /** The node's native code is no data, and is full of words. */
    @Override
    public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
      return each.endsWith("native") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && attributes.lastModifiedTime().compareTo(since) >= 0) {
        try {
          String content = new String(Files.readAllBytes(file), ISO_8859_1);
          words().stream().filter(content::contains).forEach(found::add);
        } catch (IOException | UncheckedIOException gone) {
          return FileVisitResult.CONTINUE; // a temporary file of another process
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }
  }
}
