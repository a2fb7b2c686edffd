package dev.holdfast.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.entity.LocalStorageOutter.StablePBMeta;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.storage.impl.RocksDBLogStorage;
import com.alipay.sofa.jraft.storage.io.ProtoBufFile;
import com.alipay.sofa.jraft.util.StorageOptionsFactory;
import dev.holdfast.store.state.files.CheckpointFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/** What becomes of a replica whose files were damaged, cut, deleted or replaced by older ones. */
final class ReplicaFilesTest {
  private static final int ENTRIES = 50;
  private static final String VOTED = "127.0.0.1:7201";

  @TempDir private Path root;
  private ReplicaFiles files;

  /** Incarnation 3, with 50 entries in its log and a vote in term 9. */
  @BeforeEach
  void live() throws Exception {
    files = new ReplicaFiles(root);
    files.become(3);
    append(1, ENTRIES);
    vote(9);
    try (Witness witness = files.witness()) {
      witness.logEndsAt(ENTRIES);
      witness.voted(9, VOTED);
    }
  }

  @Test
  void shouldGoOnWhenEverythingIsThere() throws IOException {
    assertThat(files.standing(ENTRIES)).isEqualTo(new Standing(3, null));
  }

  @Test
  void shouldHaveNoPastWhereThereIsNothing() throws IOException {
    Standing standing = new ReplicaFiles(root.resolve("empty")).standing(0);

    assertThat(standing.incarnation()).isEqualTo(Standing.UNKNOWN);
    assertThat(standing.isCertain()).isFalse();
  }

  @Test
  void shouldNotKnowWhichItIsWhenItsFileIsGoneOrDamaged() throws IOException {
    flip(root.resolve("replica"), 0.3);
    assertThat(files.standing(ENTRIES).incarnation()).isEqualTo(Standing.UNKNOWN);

    Files.delete(root.resolve("replica"));
    assertThat(files.standing(ENTRIES).incarnation()).isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void shouldBeInDoubtWithoutItsVotes() throws IOException {
    Files.delete(files.meta().resolve("raft_meta"));

    assertDoubt("votes is missing");
  }

  @Test
  void shouldBeInDoubtWithOlderVotes() throws IOException {
    vote(8);

    assertDoubt("older than its last vote");
  }

  @Test
  void shouldBeInDoubtWithAnotherVoteInTheSameTerm() throws IOException {
    new ProtoBufFile(files.meta().resolve("raft_meta").toString())
        .save(StablePBMeta.newBuilder().setTerm(9).setVotedfor("127.0.0.1:7202").build(), true);

    assertDoubt("older than its last vote");
  }

  @Test
  void shouldBeInDoubtWithDamagedVotes() throws IOException {
    Path votes = files.meta().resolve("raft_meta");
    for (double place : new double[] {0.01, 0.2, 0.9}) {
      byte[] good = Files.readAllBytes(votes);
      flip(votes, place);
      assertThat(files.standing(ENTRIES).isCertain()).as("bit at %s", place).isFalse();
      Files.write(votes, good);
    }
    truncate(votes, 0.5);
    assertThat(files.standing(ENTRIES).isCertain()).isFalse();
  }

  /** A power cut may take the witness's last word with it, never a vote that was synced. */
  @Test
  void shouldGoOnWithAVoteThatTheWitnessDoesNotKnowOf() throws IOException {
    vote(10);

    assertThat(files.standing(ENTRIES).isCertain()).isTrue();
  }

  /** As a kill between the two leaves it: the term was saved before the vote in it. */
  @Test
  void shouldGoOnWhenTheWitnessKnowsTheTermButNotTheVote() throws IOException {
    vote(10);
    try (Witness witness = files.witness()) {
      witness.voted(10, PeerId.emptyPeer().toString());
    }

    assertThat(files.standing(ENTRIES).isCertain()).isTrue();
  }

  @Test
  void shouldBeInDoubtWithoutItsLog() throws IOException {
    CheckpointFiles.delete(files.log());

    assertDoubt("log is missing");
  }

  /** What RocksDB opens without a word. */
  @Test
  void shouldBeInDoubtWithAShorterLog() throws Exception {
    truncate(writeAheadLog(), 0.5);

    assertDoubt("but was on disk up to 50");
  }

  @Test
  void shouldBeInDoubtWithoutTheWriteAheadLog() throws Exception {
    Files.delete(writeAheadLog());

    assertThat(files.standing(0).isCertain()).isFalse();
  }

  @Test
  void shouldBeInDoubtWithAnOlderCopyOfItsLog() throws Exception {
    Path older = root.resolve("older");
    copy(files.log(), older);
    append(ENTRIES + 1, 2 * ENTRIES);
    try (Witness witness = files.witness()) {
      witness.logEndsAt(2 * ENTRIES);
    }
    CheckpointFiles.delete(files.log());
    Files.move(older, files.log());

    assertDoubt("ends at 50, but was on disk up to 100");
  }

  @Test
  void shouldBeInDoubtWhenTheStateIsAheadOfTheLog() throws IOException {
    Files.delete(root.resolve("raft").resolve("witness"));

    assertThat(files.standing(ENTRIES).isCertain()).isTrue();
    assertThat(files.standing(ENTRIES + 1).doubt()).contains("ends at 50, before its state, at 51");
  }

  /**
   * A flipped bit is an error wherever it is, never a shorter log. In a record's length it may look
   * like a record that was cut off: then it is the witness who knows better.
   */
  @Test
  void shouldNeverGoOnWithADamagedWriteAheadLog() throws Exception {
    byte[] good = Files.readAllBytes(writeAheadLog());
    int refused = 0;
    for (int bit = 0; bit < good.length * 8; bit += 4_001) {
      byte[] damaged = good.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(writeAheadLog(), damaged);
      refused += refuses(bit) ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(15);
  }

  /** Whether the log is not even opened; else the replica has to be in doubt. */
  private boolean refuses(int bit) throws IOException {
    try {
      assertThat(files.standing(ENTRIES).doubt()).as("bit %s", bit).isNotNull();
      return false;
    } catch (IOException e) {
      assertThat(e)
          .hasMessageContaining(files.log().toString())
          .hasMessageContaining("Corruption")
          .hasMessageContaining(writeAheadLog().getFileName().toString())
          .hasMessageContaining("delete " + root + " and start again")
          .hasMessageNotContaining("\n");
      return true;
    }
  }

  /** As a power cut leaves it: the record was never acknowledged. */
  @Test
  void shouldOpenALogOfWhichTheLastRecordWasCutOff() throws Exception {
    try (Witness witness = files.witness()) {
      witness.logEndsAt(ENTRIES - 1);
    }
    Path log = writeAheadLog();
    truncate(log, (Files.size(log) - 3.0) / Files.size(log));

    assertThat(files.standing(ENTRIES - 1)).isEqualTo(new Standing(3, null));
  }

  @Test
  void shouldPromiseNothingAsANewIncarnationAndKeepItsData() throws Exception {
    files.become(4);

    assertThat(files.standing(ENTRIES)).isEqualTo(new Standing(4, null));
    assertThat(RaftLogEnd.read(files.log())).isEqualTo(ENTRIES);
    try (Witness witness = files.witness()) {
      assertThat(witness.word().lastIndex()).isEqualTo(ENTRIES);
      assertThat(witness.word().term()).isZero();
    }
  }

  private void assertDoubt(String why) throws IOException {
    Standing standing = files.standing(0);
    assertThat(standing.incarnation()).isEqualTo(3);
    assertThat(standing.doubt()).contains(why);
  }

  private void vote(long term) throws IOException {
    new ProtoBufFile(files.meta().resolve("raft_meta").toString())
        .save(StablePBMeta.newBuilder().setTerm(term).setVotedfor(VOTED).build(), true);
  }

  /** Entries by JRaft's keys, synced one by one as it does. */
  private void append(int from, int to) throws RocksDBException {
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (DBOptions options =
            StorageOptionsFactory.getRocksDBOptions(null, RocksDBLogStorage.class);
        ColumnFamilyOptions family = new ColumnFamilyOptions();
        WriteOptions sync = new WriteOptions().setSync(true);
        RocksDB db =
            RocksDB.open(
                options.setAvoidFlushDuringRecovery(true),
                files.log().toString(),
                List.of(
                    new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family),
                    new ColumnFamilyDescriptor(
                        "Configuration".getBytes(StandardCharsets.UTF_8), family)),
                handles)) {
      for (int index = from; index <= to; index++) {
        db.put(sync, ByteBuffer.allocate(8).putLong(index).array(), new byte[200]);
      }
      handles.forEach(ColumnFamilyHandle::close);
    }
  }

  private Path writeAheadLog() throws IOException {
    try (Stream<Path> entries = Files.list(files.log())) {
      return entries
          .filter(file -> file.toString().endsWith(".log"))
          .max(Path::compareTo)
          .orElseThrow();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (Path file : CheckpointFiles.list(from)) {
      Files.copy(file, to.resolve(file.getFileName()));
    }
  }

  private static void flip(Path file, double place) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long at = (long) (bytes.length() * place);
      bytes.seek(at);
      int value = bytes.read();
      bytes.seek(at);
      bytes.write(value ^ 1);
    }
  }

  private static void truncate(Path file, double share) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate((long) (channel.size() * share));
    }
  }
}
