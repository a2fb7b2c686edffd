package dev.holdfast.store.state;

import static dev.holdfast.store.state.TestStores.apply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.crypt.Encryption;
import dev.holdfast.common.crypt.Keyset;
import dev.holdfast.common.crypt.KeysetVault;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.store.state.db.AppliedState;
import dev.holdfast.store.state.digest.CheckpointScrub;
import dev.holdfast.store.state.fault.StateFault;
import dev.holdfast.store.testing.RandomLog;
import dev.holdfast.store.testing.TestKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** A state whose rows are encrypted, and its way from and to one whose rows are not. */
final class SealedStateTest {
  private static final RandomLog LOG = new RandomLog(31, 120);

  @TempDir private Path root;
  private TestStores stores;

  @BeforeEach
  void open() {
    stores = new TestStores(root);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  private StateStore filled(String name, Encryption encryption) throws IOException {
    StateStore store = stores.open(name, encryption);
    LOG.entries().forEach(entry -> apply(store, entry));
    return store;
  }

  @Test
  void shouldHoldWhatTheEntriesLeadToAndReadItBack() throws Exception {
    StateStore store = filled("a", TestKeys.on());
    StoreDump.assertSame(store, LOG.replica());
    stores.close(store);

    StoreDump.assertSame(stores.open("a", TestKeys.on()), LOG.replica());
  }

  /** The words are those of the reasons, principals and keys in the log. */
  @Test
  void shouldShowNoWordOfTheLogWhereAnotherStoreShowsThem() throws Exception {
    stores.close(filled("sealed", TestKeys.on()));
    stores.close(filled("plain", Encryption.OFF));

    for (String word : List.of("alice", "key-")) {
      assertThat(filesWith("plain", word)).describedAs(word).isNotEmpty();
      assertThat(filesWith("sealed", word)).describedAs(word).isEmpty();
    }
  }

  private List<Path> filesWith(String name, String word) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(name))) {
      return files.filter(Files::isRegularFile).filter(file -> contains(file, word)).toList();
    }
  }

  private static boolean contains(Path file, String word) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(word);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldEncryptAllThatIsThereWhenItIsSwitchedOn() throws Exception {
    stores.close(filled("a", Encryption.OFF));

    StateStore store = stores.open("a", TestKeys.on());

    StoreDump.assertSame(store, LOG.replica());
    stores.close(store);
    assertThat(filesWith("a", "alice")).isEmpty();
    StoreDump.assertSame(stores.open("a", TestKeys.on()), LOG.replica());
  }

  @Test
  void shouldTakeASnapshotOfAPeerWhicheverOfThemIsEncrypted() throws Exception {
    List<Encryption> kinds = List.of(TestKeys.on(), Encryption.readingBy(TestKeys.keys()));
    for (int from = 0; from < kinds.size(); from++) {
      StateStore leader = filled("from-" + from, kinds.get(from));
      Path checkpoint = root.resolve("checkpoint-" + from);
      leader.checkpoint(checkpoint);
      for (int to = 0; to < kinds.size(); to++) {
        StateStore behind = stores.open("from-" + from + "-to-" + to, kinds.get(to));

        behind.install(checkpoint, 120);

        StoreDump.assertSame(behind, LOG.replica());
        stores.close(behind);
        StoreDump.assertSame(
            stores.open("from-" + from + "-to-" + to, kinds.get(to)), LOG.replica());
        assertThat(filesWith("from-" + from + "-to-" + to, "alice").isEmpty()).isEqualTo(to == 0);
      }
    }
  }

  @Test
  void shouldSaySoWhenThereAreNoKeysForASnapshotOfAPeer() throws Exception {
    Path checkpoint = root.resolve("checkpoint");
    filled("a", TestKeys.on()).checkpoint(checkpoint);
    StateStore behind = stores.open("b", Encryption.OFF);

    assertThatThrownBy(() -> behind.install(checkpoint, 120))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is encrypted (keys.json)")
        .hasMessageContaining("set it to the keys of this cluster");

    assertThat(behind.applied().raftIndex()).isZero();
    apply(behind, LOG.entries().get(0));
    assertThat(behind.applied().raftIndex()).isEqualTo(1);
  }

  @Test
  void shouldRefuseToStartWhenItIsSwitchedOff() throws Exception {
    stores.close(filled("a", TestKeys.on()));

    assertThatThrownBy(() -> stores.open("a", Encryption.OFF))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(root.resolve("a").toString())
        .hasMessageContaining("holdfast.encryption.enabled is false; set it to true");
  }

  @Test
  void shouldRefuseToStartWithOtherKeys() throws Exception {
    stores.close(filled("a", TestKeys.on()));
    Keyset.create(new SecureRandom()).write(root.resolve("other.json"));
    Encryption other = Encryption.by(KeysetVault.open(root.resolve("other.json")));

    for (int attempt = 0; attempt < 2; attempt++) { // the first must not keep it locked
      assertThatThrownBy(() -> stores.open("a", other))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("keys.json")
          .hasMessageContaining("does not hold the master key master-");
    }
    StoreDump.assertSame(stores.open("a", TestKeys.on()), LOG.replica());
  }

  @Test
  void shouldNotTakeAStateWithoutItsKeysForOneThatIsNotEncrypted() throws Exception {
    stores.close(filled("a", TestKeys.on()));
    Files.delete(root.resolve("a/db-0/keys.json"));

    for (Encryption encryption : List.of(TestKeys.on(), Encryption.OFF)) {
      assertThatThrownBy(() -> stores.open("a", encryption))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is encrypted, and the file keys.json beside it is missing")
          .hasMessageContaining("delete ");
    }
  }

  @Test
  void shouldFindAFlippedBitOfAnyFamilyWithValues() throws Exception {
    StateStore store = filled("a", TestKeys.on());
    AppliedState applied = store.applied();
    StockKey item = LOG.replica().allStock().keySet().iterator().next();
    stores.close(store);
    change("a", "stock", value -> value[20] ^= 1);

    StateStore damaged = stores.open("a", TestKeys.on());

    assertThatThrownBy(() -> StoreDump.of(damaged))
        .isInstanceOf(StateFault.class)
        .hasMessageContaining("a row of stock cannot be decrypted");
    assertThatThrownBy(() -> damaged.stock(item)).isInstanceOf(StateFault.class);
    Path checkpoint = root.resolve("checkpoint");
    damaged.checkpoint(checkpoint);
    assertThatThrownBy(() -> CheckpointScrub.check(checkpoint, applied, TestKeys.on()))
        .isInstanceOf(StateFault.class);
  }

  @Test
  void shouldFindARowThatWasPutInThePlaceOfAnother() throws Exception {
    stores.close(filled("a", TestKeys.on()));
    byte[][] first = new byte[1][];
    change(
        "a",
        "stock",
        value -> {
          if (first[0] == null) {
            first[0] = value.clone();
          } else {
            System.arraycopy(first[0], 0, value, 0, Math.min(value.length, first[0].length));
          }
        });

    StateStore damaged = stores.open("a", TestKeys.on());

    assertThatThrownBy(() -> StoreDump.of(damaged)).isInstanceOf(StateFault.class);
  }

  @Test
  void shouldScrubACheckpointByTheKeysInIt() throws Exception {
    StateStore store = filled("a", TestKeys.on());
    Path checkpoint = root.resolve("checkpoint");
    AppliedState applied = store.checkpoint(checkpoint);

    CheckpointScrub.check(checkpoint, applied, TestKeys.on());

    Files.delete(checkpoint.resolve("keys.json"));
    assertThatThrownBy(() -> CheckpointScrub.check(checkpoint, applied, TestKeys.on()))
        .isInstanceOf(StateFault.class);
  }

  @Test
  void shouldLieOnTheDiskAsBeforeWhenItIsOff() throws Exception {
    stores.close(filled("a", Encryption.OFF));

    assertThat(root.resolve("a/db-0/keys.json")).doesNotExist();
    assertThat(format("a")).containsExactly(3);
    stores.close(filled("b", TestKeys.on()));
    assertThat(format("b")).containsExactly(0x43);
  }

  private byte[] format(String name) throws Exception {
    byte[][] found = new byte[1][];
    walk(
        name,
        "default",
        (db, family, rows) -> {
          if (new String(rows.key(), StandardCharsets.US_ASCII).equals("format")) {
            found[0] = rows.value();
          }
        });
    return found[0];
  }

  private interface Change {
    void make(byte[] value);
  }

  private void change(String name, String family, Change change) throws Exception {
    walk(
        name,
        family,
        (db, handle, rows) -> {
          byte[] value = rows.value();
          change.make(value);
          db.put(handle, rows.key(), value);
        });
  }

  private interface Visitor {
    void visit(RocksDB db, ColumnFamilyHandle family, RocksIterator row) throws RocksDBException;
  }

  /** Past the store, as whoever has the disk. */
  private void walk(String name, String family, Visitor visitor) throws Exception {
    String path = root.resolve(name).resolve("db-0").toString();
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (Options plain = new Options();
        DBOptions options = new DBOptions();
        FlushOptions flush = new FlushOptions();
        RocksDB db =
            RocksDB.open(
                options,
                path,
                RocksDB.listColumnFamilies(plain, path).stream()
                    .map(ColumnFamilyDescriptor::new)
                    .toList(),
                handles)) {
      for (ColumnFamilyHandle handle : handles) {
        if (new String(handle.getName(), StandardCharsets.US_ASCII).equals(family)) {
          try (RocksIterator rows = db.newIterator(handle)) {
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
              visitor.visit(db, handle, rows);
            }
          }
        }
      }
      db.flush(flush, handles);
      handles.forEach(ColumnFamilyHandle::close);
    }
  }
}
