package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.entity.LocalStorageOutter.StablePBMeta;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.storage.io.ProtoBufFile;
import dev.holdfast.store.state.fault.WayOut;
import dev.holdfast.store.state.files.CheckpointFiles;
import dev.holdfast.store.state.files.SealedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files that a replica must not lose: its incarnation, its votes, and how far its log went. A
 * start checks that all of them are there ({@link #standing}). A replica that lost some may neither
 * vote nor acknowledge as the incarnation it was; it keeps its data and becomes the next one.
 */
final class ReplicaFiles {
  private static final String INCARNATION = "incarnation";

  private final Path root;
  private final Path raft;

  /**
   * @param root the directory of a partition on this node
   */
  ReplicaFiles(Path root) {
    this.root = root;
    this.raft = root.resolve("raft");
  }

  Path log() {
    return raft.resolve("log");
  }

  Path meta() {
    return raft.resolve("meta");
  }

  Path snapshots() {
    return raft.resolve("snapshot");
  }

  Path olderSnapshots() {
    return raft.resolve("snapshots-before");
  }

  private Path votes() {
    return meta().resolve("raft_meta"); // JRaft's name
  }

  Witness witness() throws IOException {
    return Witness.open(raft.resolve("witness"));
  }

  /**
   * Compares the files with what was promised.
   *
   * @param appliedIndex of the state
   * @throws IOException when the log cannot be read: what is in it, nobody knows
   */
  Standing standing(long appliedIndex) throws IOException {
    int incarnation = readIncarnation();
    if (incarnation == Standing.UNKNOWN) {
      return new Standing(incarnation, "this node has no replica of it, or not a whole one");
    }
    if (!RaftLogEnd.exists(log())) {
      return new Standing(incarnation, "its Raft log is missing");
    }
    try (Witness witness = witness()) {
      String lost = lostVote(witness.word());
      return new Standing(
          incarnation, lost == null ? lostEntries(witness.word(), appliedIndex) : lost);
    }
  }

  private @Nullable String lostVote(Witness.Word word) throws IOException {
    StablePBMeta votes = readVotes();
    if (votes == null) {
      return "the file of its votes is missing or damaged";
    }
    boolean older = votes.getTerm() < word.term();
    // Killed between the two, the witness knows the term and not yet the vote.
    boolean named = !List.of("", PeerId.emptyPeer().toString()).contains(word.votedFor());
    boolean other =
        votes.getTerm() == word.term() && named && !votes.getVotedfor().equals(word.votedFor());
    return older || other ? "the file of its votes is older than its last vote" : null;
  }

  private @Nullable String lostEntries(Witness.Word word, long appliedIndex) throws IOException {
    Path snapshot = new SnapshotShelf(snapshots(), olderSnapshots()).newest();
    long last = Math.max(readLog(), snapshot == null ? 0 : SnapshotShelf.index(snapshot));
    if (last < word.lastIndex()) {
      return "its Raft log ends at %d, but was on disk up to %d".formatted(last, word.lastIndex());
    }
    return last < appliedIndex
        ? "its Raft log ends at %d, before its state, at %d".formatted(last, appliedIndex)
        : null;
  }

  private long readLog() throws IOException {
    try {
      return RaftLogEnd.read(log());
    } catch (IOException e) {
      throw new IOException(
          "the Raft log in " + log() + " is damaged: " + e.getMessage() + "; " + WayOut.of(root),
          e);
    }
  }

  private @Nullable StablePBMeta readVotes() throws IOException {
    try {
      return Files.exists(votes()) ? new ProtoBufFile(votes().toString()).load() : null;
    } catch (IOException | RuntimeException damaged) {
      return null;
    }
  }

  /** Makes this an incarnation that has promised nothing yet; its data stay. */
  void become(int incarnation) throws IOException {
    Files.createDirectories(meta());
    Files.createDirectories(log());
    // First: whoever ends half-way through is in doubt again, as an incarnation nobody counts on.
    SealedFile.write(replica(), Map.of(INCARNATION, Integer.toString(incarnation)));
    if (!RaftLogEnd.exists(log())) {
      CheckpointFiles.delete(log()); // what is left of one cannot be read
      RaftLogEnd.create(log());
    }
    StablePBMeta noVote =
        StablePBMeta.newBuilder().setTerm(0).setVotedfor(PeerId.emptyPeer().toString()).build();
    if (!new ProtoBufFile(votes().toString()).save(noVote, true)) {
      throw new IOException("cannot write " + votes());
    }
    Files.deleteIfExists(raft.resolve("witness"));
    try (Witness witness = witness()) {
      witness.logEndsAt(RaftLogEnd.read(log()));
    }
  }

  /** A damaged file counts as none: the next incarnation is asked for. */
  private int readIncarnation() throws IOException {
    try {
      Map<String, String> values = SealedFile.read(replica());
      return values == null
          ? Standing.UNKNOWN
          : Integer.parseInt(values.getOrDefault(INCARNATION, "-1"));
    } catch (SealedFile.DamagedFileException damaged) {
      return Standing.UNKNOWN;
    }
  }

  private Path replica() {
    return root.resolve("replica");
  }
}
