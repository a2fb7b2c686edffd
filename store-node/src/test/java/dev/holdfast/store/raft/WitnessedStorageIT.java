package dev.holdfast.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.conf.ConfigurationManager;
import com.alipay.sofa.jraft.entity.EnumOutter;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.LogId;
import com.alipay.sofa.jraft.entity.codec.v2.LogEntryV2CodecFactory;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.storage.LogStorage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The witness of a group that ran, as it stands in its file. */
final class WitnessedStorageIT {
  @Test
  void shouldHearOfEveryEntryAndOfEveryVote(@TempDir Path directory) throws Exception {
    Witness.Word word;
    long last;
    long term;
    try (SingleGroup single = new SingleGroup(directory, Runnable::run)) {
      single.write();
      last = single.group.lastLogIndex();
      term = single.group.term();
      assertThat(single.group.stop()).isTrue();
    }

    try (Witness witness = Witness.open(directory.resolve("raft").resolve("witness"))) {
      word = witness.word();
    }

    assertThat(last).isGreaterThanOrEqualTo(2);
    assertThat(word.lastIndex()).isEqualTo(last);
    assertThat(word.term()).isEqualTo(term);
    assertThat(word.votedFor()).startsWith("127.0.0.1:");
  }

  /** As when another leader's entries replace some that were never committed. */
  @Test
  void shouldHearThatTheLogEndsEarlier(@TempDir Path directory) throws Exception {
    RaftTuning.process();
    RaftOptions raft = new RaftOptions();
    LogStorageOptions options = new LogStorageOptions();
    options.setGroupId("partition-0");
    options.setConfigurationManager(new ConfigurationManager());
    options.setLogEntryCodecFactory(LogEntryV2CodecFactory.getInstance());
    Path file = directory.resolve("witness");
    WitnessedStorage storage =
        new WitnessedStorage(Witness.open(file), new EntrySeal(null), state -> {});
    LogStorage log = storage.createLogStorage(directory.resolve("log").toString(), raft);
    assertThat(log.init(options)).isTrue();
    for (int index = 1; index <= 3; index++) {
      LogEntry entry = new LogEntry(EnumOutter.EntryType.ENTRY_TYPE_NO_OP);
      entry.setId(new LogId(index, 1));
      assertThat(log.appendEntry(entry)).isTrue();
    }

    assertThat(log.truncateSuffix(2)).isTrue();

    assertThat(log.getLastLogIndex()).isEqualTo(2);
    log.shutdown();
    storage.close();
    try (Witness witness = Witness.open(file)) {
      assertThat(witness.word().lastIndex()).isEqualTo(2);
    }
  }
}
