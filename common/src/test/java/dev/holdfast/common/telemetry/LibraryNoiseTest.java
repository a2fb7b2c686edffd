package dev.holdfast.common.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LibraryNoiseTest {
  private final AtomicLong nanos = new AtomicLong();
  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger raft = context.getLogger("com.alipay.sofa.jraft.core.Replicator");

  @BeforeEach
  void start() {
    context.addTurboFilter(new LibraryNoise(nanos::get));
    logged.start();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(logged);
  }

  @Test
  void shouldLetOneLineASecondOfAKindThrough() {
    for (int peer = 0; peer < 100; peer++) {
      raft.warn("Fail to issue RPC to {}", peer);
      raft.warn("another kind: {}", peer);
    }
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    raft.warn("Fail to issue RPC to {}", 100);

    assertThat(logged.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("Fail to issue RPC to 0", "another kind: 0", "Fail to issue RPC to 100");
  }

  @Test
  void shouldNotCountWhatNobodyWouldSee() {
    raft.setLevel(Level.WARN);
    raft.info("again");
    raft.warn("again");

    assertThat(logged.list).hasSize(1);
  }

  @Test
  void shouldLeaveOursAlone() {
    Logger ours = context.getLogger("dev.holdfast.store.StoreNode");
    ours.info("same");
    ours.info("same");

    assertThat(logged.list).hasSize(2);
  }
}
