package dev.holdfast.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.sofa.jraft.conf.ConfigurationManager;
import com.alipay.sofa.jraft.entity.EnumOutter;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.LogId;
import com.alipay.sofa.jraft.entity.codec.v2.LogEntryV2CodecFactory;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.storage.LogStorage;
import dev.holdfast.common.crypt.DatabaseKeys;
import dev.holdfast.store.testing.TestKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EntrySealTest {
  private static final byte[] ENTRY = "an entry with a principal".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path directory;

  @Test
  void shouldLeaveEntriesAsTheyAreWhenNothingIsSealed() throws Exception {
    EntrySeal seal = new EntrySeal(null);

    assertThat(seal.seal(7, ENTRY)).isSameAs(ENTRY);
    assertThat(seal.open(7, ENTRY)).isSameAs(ENTRY);
  }

  @Test
  void shouldOpenWhatItSealedForThisIndexOnly() throws Exception {
    EntrySeal seal = new EntrySeal(keys());

    byte[] sealed = seal.seal(7, ENTRY);

    assertThat(sealed).startsWith('H', 'F', 'E', '1').hasSize(ENTRY.length + 36);
    assertThat(seal.open(7, sealed)).isEqualTo(ENTRY);
    assertThatThrownBy(() -> seal.open(8, sealed))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("entry 8 cannot be decrypted");
    sealed[30] ^= 1;
    assertThatThrownBy(() -> seal.open(7, sealed)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> new EntrySeal(null).open(7, sealed))
        .hasMessageContaining("is encrypted, and encryption is off");
  }

  private DatabaseKeys keys() throws IOException {
    return DatabaseKeys.open(directory.resolve("log"), TestKeys.keys());
  }

  /** Encryption was switched on after the first two. */
  @Test
  void shouldReadALogOfWhichOnlyTheLaterEntriesAreSealed() throws Exception {
    write(null, 1, 2);
    assertThat(isOnDisk("principal-2")).isTrue();

    write(keys(), 3, 4);

    assertThat(isOnDisk("principal-4")).isFalse();
    try (Opened opened = new Opened(keys())) {
      for (int index = 1; index <= 4; index++) {
        LogEntry entry = opened.log.getEntry(index);
        assertThat(entry.getId().getIndex()).isEqualTo(index);
        assertThat(StandardCharsets.UTF_8.decode(entry.getData().duplicate()).toString())
            .isEqualTo("principal-" + index);
        assertThat(entry.isCorrupted()).isFalse();
      }
    }
  }

  private void write(@Nullable DatabaseKeys keys, int from, int to) throws IOException {
    try (Opened opened = new Opened(keys)) {
      List<LogEntry> entries =
          Stream.iterate(from, i -> i + 1).limit(to - from + 1L).map(this::entry).toList();
      assertThat(opened.log.appendEntries(entries.subList(0, 1))).isEqualTo(1);
      assertThat(opened.log.appendEntry(entries.get(1))).isTrue();
    }
  }

  private LogEntry entry(int index) {
    LogEntry entry = new LogEntry(EnumOutter.EntryType.ENTRY_TYPE_DATA);
    entry.setId(new LogId(index, 1));
    entry.setData(ByteBuffer.wrap(("principal-" + index).getBytes(StandardCharsets.UTF_8)));
    entry.setChecksum(entry.checksum());
    return entry;
  }

  private boolean isOnDisk(String word) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).anyMatch(file -> contains(file, word));
    }
  }

  private static boolean contains(Path file, String word) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(word);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Opened implements AutoCloseable {
    private final WitnessedStorage storage;
    private final LogStorage log;

    Opened(@Nullable DatabaseKeys keys) throws IOException {
      RaftTuning.process();
      RaftOptions raft = new RaftOptions();
      raft.setEnableLogEntryChecksum(true);
      LogStorageOptions options = new LogStorageOptions();
      options.setGroupId("partition-0");
      options.setConfigurationManager(new ConfigurationManager());
      options.setLogEntryCodecFactory(LogEntryV2CodecFactory.getInstance());
      storage =
          new WitnessedStorage(
              Witness.open(directory.resolve("witness")), new EntrySeal(keys), state -> {});
      log = storage.createLogStorage(directory.resolve("log").toString(), raft);
      assertThat(log.init(options)).isTrue();
    }

    @Override
    public void close() {
      log.shutdown();
      storage.close();
    }
  }
}
