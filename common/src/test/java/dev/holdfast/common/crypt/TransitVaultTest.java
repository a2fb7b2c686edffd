package dev.holdfast.common.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.holdfast.common.disk.OwnFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key management service on this machine, in good and bad order. */
final class TransitVaultTest {
  private static final byte[] TABLE = ValueCipher.table("stock");
  private static final byte[] SECRET =
      "a secret of thirty-two bytes ...".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path directory;
  private TransitServer server;
  private Path token;

  @BeforeEach
  void start() throws Exception {
    server = new TransitServer();
    token = directory.resolve("token");
    OwnFile.write(token, (TransitServer.TOKEN + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private TransitVault vault() throws KeyException {
    return TransitVault.open(server.key(), token, Duration.ofSeconds(10));
  }

  @Test
  void shouldUnwrapWhatItWrapped() throws Exception {
    TransitVault vault = vault();

    WrappedKey wrapped = vault.wrap(SECRET);

    assertThat(vault.primary()).isEqualTo("holdfast:v1");
    assertThat(wrapped.master()).isEqualTo("holdfast:v1");
    assertThat(new String(wrapped.bytes(), StandardCharsets.UTF_8)).startsWith("vault:v1:");
    assertThat(vault().unwrap(wrapped)).isEqualTo(SECRET);
  }

  @Test
  void shouldOpenADatabaseAndWrapItsKeysAgainWhenTheKeyIsRotated() throws Exception {
    Encryption encryption = Encryption.by(vault());
    DatabaseKeys keys = Objects.requireNonNull(encryption.storingIn(directory.resolve("db")));
    byte[] sealed = keys.cipher().seal(TABLE, TABLE, TABLE);
    assertThat(DatabaseKeys.masterOf(directory.resolve("db"))).isEqualTo("holdfast:v1");
    server.rotate();

    encryption.refresh();

    assertThat(DatabaseKeys.masterOf(directory.resolve("db"))).isEqualTo("holdfast:v2");
    DatabaseKeys reader = DatabaseKeys.read(directory.resolve("db"), vault());
    assertThat(reader.cipher().open(TABLE, TABLE, sealed)).isEqualTo(TABLE);
  }

  @Test
  void shouldSealAndRotateDataKeysWhileTheServiceIsAway() throws Exception {
    DatabaseKeys keys = DatabaseKeys.open(directory.resolve("db"), vault());
    server.close();

    keys.rotate();

    byte[] sealed = keys.cipher().seal(TABLE, TABLE, TABLE);
    assertThat(keys.cipher().open(TABLE, TABLE, sealed)).isEqualTo(TABLE);
  }

  /**
   * Else a service that is away would keep snapshots from being checked, and logs from being cut.
   */
  @Test
  void shouldReadACopyOfWhatItHasOpenWhileTheServiceIsAway() throws Exception {
    Encryption encryption = Encryption.by(vault());
    DatabaseKeys keys = Objects.requireNonNull(encryption.storingIn(directory.resolve("db")));
    byte[] sealed = keys.cipher().seal(TABLE, TABLE, TABLE);
    Path copy = Files.createDirectory(directory.resolve("copy"));
    keys.copyTo(copy);
    server.close();

    DatabaseKeys reader = Objects.requireNonNull(encryption.readingFrom(copy));

    assertThat(reader.cipher().open(TABLE, TABLE, sealed)).isEqualTo(TABLE);
  }

  @Test
  void shouldSayWhoDidNotAnswer() throws Exception {
    TransitVault vault = TransitVault.open(server.key(), token, Duration.ofSeconds(2));
    WrappedKey wrapped = vault.wrap(SECRET);
    server.delay(4_000);
    assertThatThrownBy(() -> vault.unwrap(wrapped))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining(server.key() + " did not answer")
        .hasMessageNotContaining("\n");
    server.close();
    assertThatThrownBy(() -> vault.wrap(SECRET))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining(server.key() + " did not answer");
  }

  @Test
  void shouldNotWaitForAnAnswerThatNeverEnds() throws Exception {
    TransitVault vault = TransitVault.open(server.key(), token, Duration.ofSeconds(2));
    WrappedKey wrapped = vault.wrap(SECRET);
    server.stall();

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> vault.unwrap(wrapped))
                .hasMessageContaining("did not answer within 2 s")
                .isInstanceOfSatisfying(
                    KeyException.class, late -> assertThat(late.isForNow()).isTrue()));
  }

  @Test
  void shouldRefuseAnswersThatAreNone() throws Exception {
    TransitVault vault = vault();
    WrappedKey wrapped = vault.wrap(SECRET);
    for (String answer :
        new String[] {
          "<html>", "{}", "{\"data\":{\"plaintext\":7}}", "{\"data\":{\"plaintext\":\"?\"}}"
        }) {
      server.answerInstead(answer);
      assertThatThrownBy(() -> vault.unwrap(wrapped))
          .as(answer)
          .isInstanceOf(KeyException.class)
          .hasMessageContaining(server.key().toString());
    }
    server.answerInstead("{\"data\":{\"ciphertext\":\"no version\"}}");
    assertThatThrownBy(() -> vault.wrap(SECRET)).isInstanceOf(KeyException.class);
    assertThatThrownBy(vault::refresh).isInstanceOf(KeyException.class);
    assertThat(vault.primary()).isEqualTo("holdfast:v1");
  }

  @Test
  void shouldRefuseAKeyOfAnotherName() throws Exception {
    TransitVault vault = vault();

    assertThatThrownBy(() -> vault.unwrap(new WrappedKey("other:v1", SECRET)))
        .hasMessageContaining("wrapped by the master key other:v1");
    assertThatThrownBy(() -> TransitVault.open(URI.create("http://127.0.0.1/v1/transit"), token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no URL of a key");
  }

  @Test
  void shouldNeedItsTokenAndKeepItFromOthers() throws Exception {
    OwnFile.write(token, "another".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(this::vault)
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("answered 403")
        .hasMessageContaining(token.toString())
        .hasMessageNotContaining("another");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(this::vault).hasMessageContaining("chmod 600 " + token);
    Files.delete(token);
    assertThatThrownBy(this::vault).hasMessageContaining("cannot read the token in " + token);
  }
}
