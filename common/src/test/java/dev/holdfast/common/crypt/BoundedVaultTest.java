package dev.holdfast.common.crypt;

import static com.google.common.util.concurrent.Uninterruptibles.awaitUninterruptibly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class BoundedVaultTest {
  private static final byte[] SECRET = new byte[32];

  private final CountDownLatch away = new CountDownLatch(1);
  private boolean isBroken;

  /** Does not answer while it is away, not even when it is interrupted. */
  private final class Hanging implements KeyVault {
    @Override
    public String primary() {
      return "hanging";
    }

    @Override
    public WrappedKey wrap(byte[] key) {
      awaitUninterruptibly(away);
      return new WrappedKey(primary(), key);
    }

    @Override
    public void refresh() {}

    @Override
    public byte[] unwrap(WrappedKey wrapped) throws KeyException {
      if (isBroken) {
        throw new IllegalStateException("broken");
      }
      throw new KeyException("it has no such key");
    }

    @Override
    public String toString() {
      return "a vault";
    }
  }

  private final BoundedVault vault = new BoundedVault(new Hanging(), Duration.ofSeconds(1));

  /** More often than it has threads. */
  @Test
  void shouldWaitForABoundedTime() throws Exception {
    for (int i = 0; i < 6; i++) {
      assertThatThrownBy(() -> vault.wrap(SECRET))
          .hasMessage("a vault did not answer within 1 s")
          .isInstanceOfSatisfying(KeyException.class, late -> assertThat(late.isForNow()).isTrue());
    }

    away.countDown();

    assertThat(vault.wrap(SECRET).bytes()).isEqualTo(SECRET);
  }

  @Test
  void shouldTellWhatTheVaultTells() throws Exception {
    away.countDown();
    WrappedKey wrapped = vault.wrap(SECRET);

    assertThat(vault.primary()).isEqualTo("hanging");
    assertThatThrownBy(() -> vault.unwrap(wrapped))
        .hasMessage("it has no such key")
        .isInstanceOfSatisfying(
            KeyException.class, other -> assertThat(other.isForNow()).isFalse());
    isBroken = true;
    assertThatThrownBy(() -> vault.unwrap(wrapped))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("a vault failed: java.lang.IllegalStateException: broken");
  }
}
