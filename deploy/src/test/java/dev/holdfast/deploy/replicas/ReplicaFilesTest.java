package dev.holdfast.deploy.replicas;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.holdfast.common.crypt.DatabaseKeys;
import dev.holdfast.common.crypt.Encryption;
import dev.holdfast.common.crypt.Keyset;
import dev.holdfast.common.crypt.KeysetVault;
import dev.holdfast.common.crypt.ValueCipher;
import dev.holdfast.proto.log.v1.AppliedState;
import dev.holdfast.proto.log.v1.CursorRecord;
import dev.holdfast.proto.log.v1.HistoryRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** Databases that are made here; {@code ReplicasIT} compares those of real nodes. */
class ReplicaFilesTest {
  private static final List<String> NODES = List.of("node-a", "node-b", "node-c");
  private static final AppliedState APPLIED =
      AppliedState.newBuilder().setRaftIndex(9).setRaftTerm(2).setSequence(17).build();
  private static final CursorRecord CURSOR =
      CursorRecord.newBuilder().setSequence(17).setBatchHash(ByteString.copyFromUtf8("#")).build();

  @TempDir Path directory;

  @BeforeEach
  void makeReplicas() throws IOException {
    for (String node : NODES) {
      Files.createDirectories(directory.resolve(node));
      Files.writeString(directory.resolve(node).resolve("CURRENT"), "db-0\n");
      at(
          node,
          db -> {
            db.put("default", bytes("applied"), APPLIED.toByteArray());
            db.put("default", bytes("format"), new byte[] {3});
            db.put("stock", bytes("Bergen\0TEA-1"), bytes("7"));
            db.put("stock", bytes("Bergen\0TEA-2"), bytes("8"));
            db.put("holds", bytes("Bergen\0TEA-2\0r"), bytes("1"));
            db.put("events", sequence(1), bytes("first"));
            db.put("events", sequence(9), bytes("second"));
          });
    }
  }

  @Test
  void shouldCompareEveryRowOfEqualReplicas() {
    Comparison comparison = compare();

    assertThat(comparison.isEqual()).as(comparison.toString()).isTrue();
    assertThat(comparison.rows())
        .isEqualTo(Map.of("default", 2L, "stock", 2L, "holds", 1L, "events", 2L));
    assertThat(comparison.positions()).containsOnlyKeys(NODES).containsEntry("node-a", "17");
  }

  @Test
  void shouldFindAnotherValue() {
    put("node-b", "stock", "Bergen\0TEA-2", bytes("9"));

    assertThat(compare().differences())
        .containsExactly(
            new Difference(
                "stock",
                "Bergen\\00TEA-2",
                Map.of("node-a", "0x38", "node-b", "0x39", "node-c", "0x38")));
  }

  @Test
  void shouldFindAMissingRowAndOneTooMany() {
    at("node-c", db -> db.delete("stock", bytes("Bergen\0TEA-1")));
    put("node-a", "holds", "Bergen\0TEA-9\0r", bytes("1"));

    assertThat(compare().differences())
        .containsExactly(
            new Difference(
                "holds",
                "Bergen\\00TEA-9\\00r",
                Map.of("node-a", "0x31", "node-b", "absent", "node-c", "absent")),
            new Difference(
                "stock",
                "Bergen\\00TEA-1",
                Map.of("node-a", "0x37", "node-b", "0x37", "node-c", "absent")));
  }

  @Test
  void shouldFindAFamilyThatOneNodeDoesNotHave() {
    put("node-b", "newer", "key", bytes("1"));

    assertThat(compare().differences())
        .extracting(Difference::family, Difference::key)
        .containsExactly(tuple("newer", "the family"));
  }

  @Test
  void shouldCompareTheLogFromWhereAllHaveIt() {
    at("node-a", db -> db.delete("events", sequence(1)));
    assertThat(compare().isEqual()).as(compare().toString()).isTrue();

    put("node-c", "events", sequence(9), bytes("other"));
    assertThat(compare().differences()).extracting(Difference::family).containsExactly("events");
  }

  @Test
  void shouldFindAHoleInTheLog() {
    at("node-a", db -> db.delete("events", sequence(9)));

    assertThat(compare().differences())
        .extracting(Difference::key)
        .containsExactly("\\00\\00\\00\\00\\00\\00\\00\\09");
  }

  @Test
  void shouldLeaveOutThePlaceInTheRaftLogAndNothingElseOfTheAppliedState() {
    AppliedState passedOver = APPLIED.toBuilder().setRaftIndex(10).setRaftTerm(3).build();
    put("node-b", "default", "applied", passedOver.toByteArray());
    assertThat(compare().isEqual()).as(compare().toString()).isTrue();

    put("node-b", "default", "applied", APPLIED.toBuilder().setReceiptsCount(1).build());
    assertThat(compare().differences()).extracting(Difference::key).containsExactly("applied");
  }

  @Test
  void shouldNotCompareReplicasThatAreNotInStep() {
    put("node-b", "default", "applied", APPLIED.toBuilder().setSequence(18).build());

    Comparison comparison = compare();

    assertThat(comparison.isEqual()).isFalse();
    assertThat(comparison.isInStep()).isFalse();
    assertThat(comparison.rows()).isEmpty();
    assertThat(comparison.toString()).contains("node-b=18");
  }

  @Test
  void shouldStopAtTheFirstDifferences() {
    at(
        "node-a",
        db -> {
          for (int i = 0; i < 1_000; i++) {
            db.put("stock", bytes("Oslo\0" + i), bytes("1"));
          }
        });

    assertThat(compare().differences()).hasSize(20);
  }

  @Test
  void shouldCompareTheViewsOfAggregators() {
    for (String node : List.of("one", "other")) {
      put(node, "cursors", "\0\0\0\0", CURSOR.toBuilder().setProvenSequence(node.length()).build());
      put(node, "meta", "view", bytes(node));
      put(node, "view", "TEA-1\0Bergen", bytes("7"));
      put(node, "history", "\0\0\0\0", HistoryRecord.getDefaultInstance());
      put(node, "movements", "Bergen\0TEA-1\03", bytes("7"));
    }
    assertThat(compareViews().isEqual()).as(compareViews().toString()).isTrue();

    put("other", "movements", "Bergen\0TEA-1\04", bytes("8"));
    assertThat(compareViews().differences())
        .extracting(Difference::family)
        .containsExactly("movements");

    put("other", "history", "\0\0\0\0", HistoryRecord.newBuilder().setSinceSequence(3).build());
    assertThat(compareViews().isEqual()).as(compareViews().toString()).isTrue();

    put("other", "view", "TEA-1\0Bergen", bytes("8"));
    assertThat(compareViews().differences()).extracting(Difference::family).containsExactly("view");
  }

  /** One is encrypted, the others are not: what their nodes see is the same. */
  @Test
  void shouldCompareWhatAnEncryptedReplicaHolds(@TempDir Path elsewhere) throws Exception {
    Path keyset = elsewhere.resolve("keyset.json");
    Keyset.create(new SecureRandom()).write(keyset);
    Encryption encryption = Encryption.by(KeysetVault.open(keyset));
    Files.writeString(directory.resolve("node-b").resolve("CURRENT"), "db-1\n");
    try (DatabaseKeys keys =
        Objects.requireNonNull(encryption.storingIn(directory.resolve("node-b").resolve("db-1")))) {
      PlantedRows.change(
          directory.resolve("node-b").resolve("db-1"),
          db -> {
            db.put("default", bytes("format"), new byte[] {0x43});
            putSealed(db, keys, "default", "applied", APPLIED.toByteArray());
            putSealed(db, keys, "stock", "Bergen\0TEA-1", bytes("7"));
            putSealed(db, keys, "stock", "Bergen\0TEA-2", bytes("9"));
            putSealed(db, keys, "holds", "Bergen\0TEA-2\0r", bytes("1"));
            putSealed(db, keys, "events", new String(sequence(1), ISO_8859_1), bytes("\0first"));
            putSealed(db, keys, "events", new String(sequence(9), ISO_8859_1), bytes("\0second"));
          });
    }
    Map<String, Path> states = new LinkedHashMap<>();
    NODES.forEach(node -> states.put(node, directory.resolve(node)));

    Comparison comparison = ReplicaFiles.ofPartition(states, encryption);

    assertThat(comparison.rows()).containsEntry("default", 2L).containsEntry("events", 2L);
    assertThat(comparison.differences())
        .containsExactly(
            new Difference(
                "stock",
                "Bergen\\00TEA-2",
                Map.of("node-a", "0x38", "node-b", "0x39", "node-c", "0x38")));
  }

  private static void putSealed(
      PlantedRows db, DatabaseKeys keys, String family, String key, byte[] value)
      throws RocksDBException {
    byte[] row = key.getBytes(ISO_8859_1);
    db.put(family, row, keys.cipher().seal(ValueCipher.table(family), row, value));
  }

  private Comparison compare() {
    Map<String, Path> states = new LinkedHashMap<>();
    NODES.forEach(node -> states.put(node, directory.resolve(node)));
    return ReplicaFiles.ofPartition(states);
  }

  private Comparison compareViews() {
    Map<String, Path> directories = new LinkedHashMap<>();
    List.of("one", "other")
        .forEach(node -> directories.put(node, directory.resolve(node).resolve("db-0")));
    return ReplicaFiles.ofAggregators(directories);
  }

  private void put(String node, String family, String key, Message value) {
    put(node, family, key, value.toByteArray());
  }

  private void put(String node, String family, String key, byte[] value) {
    at(node, db -> db.put(family, bytes(key), value));
  }

  private void put(String node, String family, byte[] key, byte[] value) {
    at(node, db -> db.put(family, key, value));
  }

  private void at(String node, PlantedRows.Change change) {
    PlantedRows.change(directory.resolve(node).resolve("db-0"), change);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] sequence(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }
}
