package dev.holdfast.common.crypt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one database, in the file keys.json among its files, so that they travel with it in
 * checkpoints, snapshots and backups. Safe for many threads.
 *
 * <p>Each opening makes a data key of its own and seals with no other. So a counter is enough for
 * nonces: no other process, and no other replica that has a copy of the same files, ever counts for
 * the same key.
 */
public final class DatabaseKeys implements AutoCloseable {
  private final Path file;
  private final KeyVault vault;
  private final SecureRandom random;
  private final byte[] secret;
  private final Map<Integer, SecretKeySpec> byId = new ConcurrentHashMap<>();
  private final ValueCipher cipher;
  private volatile KeyFile content;
  private volatile @Nullable DataKey current;
  private long rotatedNanos;
  private Runnable onClose = () -> {};
  private volatile boolean closed;

  private DatabaseKeys(
      Path file, KeyVault vault, SecureRandom random, KeyFile content, byte[] secret) {
    this.file = file;
    this.vault = vault;
    this.random = random;
    this.secret = secret;
    this.content = content;
    for (int i = 0; i < content.salts().size(); i++) {
      byId.put(i + 1, Derivation.dataKey(secret, content.salts().get(i)));
    }
    this.cipher = new ValueCipher(this::current, byId::get, Derivation.names(secret));
  }

  private DataKey current() {
    DataKey key = current;
    if (key == null) {
      throw new IllegalStateException("what " + file + " belongs to is open to be read only");
    }
    return key;
  }

  /** Whether what lies in a directory is sealed. */
  public static boolean existIn(Path directory) {
    return Files.exists(directory.resolve(KeyFile.NAME));
  }

  /** The id of the master key that the keys in a directory need. */
  public static String masterOf(Path directory) throws KeyException {
    return KeyFile.read(directory.resolve(KeyFile.NAME)).secret().master();
  }

  /** Opens the keys in a directory, or makes new ones; with a new data key in either case. */
  public static DatabaseKeys open(Path directory, KeyVault vault) throws KeyException {
    return open(directory, vault, new SecureRandom());
  }

  static DatabaseKeys open(Path directory, KeyVault vault, SecureRandom random)
      throws KeyException {
    DatabaseKeys keys =
        existIn(directory) ? read(directory, vault, random) : create(directory, vault, random);
    keys.rotate();
    return keys;
  }

  private static DatabaseKeys create(Path directory, KeyVault vault, SecureRandom random)
      throws KeyException {
    byte[] secret = new byte[Keyset.KEY_BYTES];
    random.nextBytes(secret);
    KeyFile content = new KeyFile(vault.wrap(secret), List.of());
    return new DatabaseKeys(directory.resolve(KeyFile.NAME), vault, random, content, secret);
  }

  /** Opens the keys in a directory to read what lies there, and changes nothing. */
  public static DatabaseKeys read(Path directory, KeyVault vault) throws KeyException {
    return read(directory, vault, new SecureRandom());
  }

  private static DatabaseKeys read(Path directory, KeyVault vault, SecureRandom random)
      throws KeyException {
    Path file = directory.resolve(KeyFile.NAME);
    KeyFile content = KeyFile.read(file);
    return new DatabaseKeys(file, vault, random, content, unwrapped(file, vault, content));
  }

  private static byte[] unwrapped(Path file, KeyVault vault, KeyFile content) throws KeyException {
    try {
      return vault.unwrap(content.secret());
    } catch (KeyException e) {
      throw new KeyException("cannot use %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  public ValueCipher cipher() {
    return cipher;
  }

  /**
   * Seals with a new data key from now on, which is on disk before. What was sealed before is read
   * as before.
   */
  public synchronized void rotate() throws KeyException {
    byte[] salt = new byte[KeyFile.SALT_BYTES];
    random.nextBytes(salt);
    KeyFile more = content.with(salt);
    more.write(file);
    content = more;
    int id = more.salts().size();
    SecretKeySpec key = Derivation.dataKey(secret, salt);
    byId.put(id, key);
    current = new DataKey(id, key);
    rotatedNanos = System.nanoTime();
  }

  /** Seals with a new data key from now on when this one is older. */
  synchronized void rotateWhenOlder(Duration age) throws KeyException {
    if (!closed && System.nanoTime() - rotatedNanos >= age.toNanos()) {
      rotate();
    }
  }

  /**
   * Wraps by the vault's primary master key, unless that is done already. May wait for the vault.
   */
  public void rewrap() throws KeyException {
    if (closed || content.secret().master().equals(vault.primary())) {
      return;
    }
    WrappedKey again = vault.wrap(secret); // not under the lock: a checkpoint must not wait for it
    synchronized (this) {
      if (!closed) {
        KeyFile wrapped = new KeyFile(again, content.salts());
        wrapped.write(file);
        content = wrapped;
      }
    }
  }

  void onClose(Runnable listener) {
    onClose = listener;
  }

  /** To be called when the database is closed: its files may be gone, and are not written again. */
  @Override
  public synchronized void close() {
    closed = true;
    onClose.run();
  }

  /** Puts the file beside a copy of the database. */
  public synchronized void copyTo(Path directory) throws IOException {
    Files.copy(file, directory.resolve(KeyFile.NAME), StandardCopyOption.REPLACE_EXISTING);
  }
}
