package dev.holdfast.common.tls;

import static dev.holdfast.common.tls.TestAuthority.CLUSTER;
import static dev.holdfast.common.tls.TestAuthority.LIFE;
import static dev.holdfast.common.tls.TestAuthority.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.config.SecurityKeys;
import dev.holdfast.common.config.SecurityMode;
import dev.holdfast.common.config.TokenKeys;
import dev.holdfast.common.net.Handshakes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class NodeSecurityTest {
  private final Logger log = (Logger) LoggerFactory.getLogger(NodeSecurity.class);
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  @TempDir private Path directory;
  private TestAuthority authority;

  @BeforeEach
  void listen() throws IOException {
    authority = new TestAuthority(directory);
    said.start();
    log.addAppender(said);
  }

  @AfterEach
  void stop() {
    log.detachAppender(said);
  }

  @Test
  void shouldSayAtEachStartThatItIsOff() {
    try (NodeSecurity security = open(SecurityMode.OFF, keys("missing"))) {
      assertThat(security.status()).isEqualTo("off");
      assertThat(security.identity()).isNull();
    }
    assertThat(said.list).hasSize(1);
    assertThat(said.list.get(0).getFormattedMessage())
        .startsWith("holdfast.security.mode is off: connections are not encrypted");
    assertThat(meters.getMeters()).isEmpty();
  }

  @Test
  void shouldNotStartWithoutItsFiles() {
    assertThatThrownBy(() -> open(SecurityMode.TLS, keys("missing")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("cannot read")
        .hasMessageNotContaining("\n");
  }

  @Test
  void shouldMeasureHowLongItsCertificateLasts() throws IOException {
    authority.issue("a", node("node-a"));

    try (NodeSecurity security = open(SecurityMode.TLS, keys("a"))) {
      assertThat(security.status()).isEqualTo("tls");
      assertThat(meters.get("holdfast.certificate.expiry").gauge().value())
          .isCloseTo((double) LIFE.toDays(), within(0.1));
    }
    assertThat(said.list).isEmpty();
  }

  @Test
  void shouldLookAgainByItself() throws IOException {
    authority.issue("a", node("node-a"));
    try (NodeSecurity security = open(SecurityMode.TLS, keys("a"))) {
      TlsIdentity identity = Objects.requireNonNull(security.identity());
      var first = identity.certificate();

      authority.issue("a", node("node-a"));

      await().atMost(Duration.ofSeconds(5)).until(() -> !identity.certificate().equals(first));
    }
  }

  @Test
  void shouldGoOnWithALookWhateverFails() throws Exception {
    List<String> done = new ArrayList<>();
    TlsIdentity identity = authority.identity("a", node("node-a"));
    try (NodeSecurity security = TestAuthority.security(identity, 1)) {
      security.afterEachLook(
          () -> {
            throw new IllegalStateException("call already closed");
          });
      security.afterEachLook(() -> done.add("revoked connections are ended"));

      security.look();
    }
    assertThat(done).hasSize(1);
  }

  @Test
  void shouldWarnOnceADayFromTwoWeeksBefore() throws Exception {
    TlsIdentity identity = authority.identity("a", node("node-a"));
    Instant end = identity.validUntil();
    AtomicReference<Instant> now = new AtomicReference<>(end.minus(Duration.ofDays(15)));
    try (NodeSecurity security =
        new NodeSecurity(
            identity, CLUSTER, 10, new Handshakes(new SimpleMeterRegistry()), now::get)) {
      security.look();
      assertThat(said.list).isEmpty();
      assertThat(security.status()).isEqualTo("tls");

      Instant soon = end.minus(Duration.ofDays(14)).plusSeconds(1);
      now.set(soon);
      security.look();
      security.look();
      assertThat(said.list).hasSize(1);
      assertThat(security.status())
          .isEqualTo("tls, but the certificate of this node expires in 13 days, at " + end);

      now.set(soon.plus(Duration.ofDays(1)));
      security.look();
      assertThat(said.list).hasSize(2);

      now.set(end.plusSeconds(1));
      assertThat(security.status())
          .isEqualTo("tls, but the certificate of this node expired at " + end);
    }
  }

  @Test
  void shouldWarnOfAnOldRevocationList() throws Exception {
    TlsIdentity identity = authority.identity("a", node("node-a"));
    Instant due = identity.revocationListsDue().orElseThrow();
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    try (NodeSecurity security =
        new NodeSecurity(
            identity, CLUSTER, 10, new Handshakes(new SimpleMeterRegistry()), now::get)) {
      security.look();
      assertThat(said.list).isEmpty();

      now.set(due.plusSeconds(1));
      security.look();
      security.look();
      assertThat(said.list).anyMatch(line -> line.getFormattedMessage().contains("was due"));
      assertThat(said.list.stream().filter(line -> line.getFormattedMessage().contains("was due")))
          .hasSize(1);
    }
  }

  /** The keys with the files of this name. */
  private TlsFiles keys(String name) {
    return new TlsFiles(
        directory.resolve(name + ".pem"),
        directory.resolve(name + ".key"),
        directory.resolve(name + "-ca.pem"),
        null);
  }

  private NodeSecurity open(SecurityMode mode, TlsFiles files) {
    SecurityKeys keys =
        new Keys(
            mode,
            CLUSTER,
            files.certificate(),
            files.key(),
            files.authorities(),
            Path.of(""),
            Path.of(""),
            10,
            false);
    return NodeSecurity.open(keys, "node-a", meters);
  }

  private record Keys(
      SecurityMode mode,
      String cluster,
      Path certificate,
      Path key,
      Path authorities,
      Path revoked,
      Path access,
      int connectionsPerAddressMax,
      boolean openToNetwork)
      implements SecurityKeys {
    @Override
    public TokenKeys tokens() {
      throw new UnsupportedOperationException("of no concern for TLS");
    }
  }
}
