package dev.holdfast.store.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Remembers, outside of Raft's own files, what this replica has promised: the last log entry that
 * it has on disk, and its last vote. A start compares; files that promise less were damaged, cut or
 * replaced by older ones. Safe for many threads.
 *
 * <p>Written after Raft's files are synced and not synced itself. So it outlives the process, and
 * after a power cut it says what was true at some moment before: never more than what was promised.
 */
final class Witness implements AutoCloseable {
  private static final int MAGIC = 0x48465731; // HFW1
  private static final int SLOT_BYTES = 512;
  private static final int VOTE_BYTES_MAX = SLOT_BYTES - 64;

  private final MappedByteBuffer slots;
  private Word word;
  private long writes;

  /**
   * The promises of a replica.
   *
   * @param lastIndex of the log entries that are on disk, 0 for none
   * @param term of the last vote, or the latest that was seen
   * @param votedFor in that term; as JRaft writes it
   */
  record Word(long lastIndex, long term, String votedFor) {
    static final Word NOTHING = new Word(0, 0, "");
  }

  private Witness(MappedByteBuffer slots) {
    this.slots = slots;
    this.word = Word.NOTHING;
    for (int slot = 0; slot < 2; slot++) {
      read(slot);
    }
  }

  /**
   * Opens the file, or makes one without promises. A file that cannot be read counts as one without
   * promises.
   */
  static Witness open(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (channel.size() < 2 * SLOT_BYTES) {
        // Written, not only mapped: a hole that finds no room on the disk would end the process.
        channel.write(ByteBuffer.allocate(2 * SLOT_BYTES), 0);
        channel.force(true);
      }
      return new Witness(channel.map(FileChannel.MapMode.READ_WRITE, 0, 2 * SLOT_BYTES));
    }
  }

  synchronized Word word() {
    return word;
  }

  /** Entries up to this one are on disk; later ones are not, or are not meant to stay. */
  synchronized void logEndsAt(long index) {
    write(new Word(index, word.term(), word.votedFor()));
  }

  /**
   * Announces that the log will be shorter. Durable before it is, or a power cut would leave a
   * doubt.
   */
  synchronized void logWillEndAt(long index) {
    logEndsAt(index);
    slots.force();
  }

  /** Records that a vote, or a term without one yet, is on disk. */
  synchronized void voted(long term, String votedFor) {
    write(new Word(word.lastIndex(), term, votedFor));
  }

  /** Two slots take turns, so that one is whole whenever the process ends. */
  private void write(Word next) {
    byte[] vote = next.votedFor().getBytes(StandardCharsets.UTF_8);
    if (vote.length > VOTE_BYTES_MAX) {
      throw new IllegalArgumentException("too long for a vote: " + next.votedFor());
    }
    writes++;
    ByteBuffer slot = slot((int) (writes % 2));
    slot.putInt(MAGIC).putLong(writes).putLong(next.lastIndex()).putLong(next.term());
    slot.putInt(vote.length).put(vote);
    slot.putInt(checksum(slot));
    word = next;
  }

  private void read(int number) {
    ByteBuffer slot = slot(number);
    if (slot.getInt() != MAGIC) {
      return;
    }
    long count = slot.getLong();
    long lastIndex = slot.getLong();
    long term = slot.getLong();
    byte[] vote = new byte[Math.min(VOTE_BYTES_MAX, Math.max(0, slot.getInt()))];
    slot.get(vote);
    int expected = checksum(slot);
    if (slot.getInt() == expected && count > writes) {
      writes = count;
      word = new Word(lastIndex, term, new String(vote, StandardCharsets.UTF_8));
    }
  }

  private ByteBuffer slot(int number) {
    return slots.slice(number * SLOT_BYTES, SLOT_BYTES);
  }

  /** The checksum of all bytes before the buffer's position. */
  private static int checksum(ByteBuffer slot) {
    CRC32C checksum = new CRC32C();
    checksum.update(slot.duplicate().flip());
    return (int) checksum.getValue();
  }

  /** Forces the last state to disk. The mapping itself ends with the garbage collector. */
  @Override
  public void close() {
    slots.force();
  }
}
