package dev.holdfast.common.crypt;

/**
 * Keeps master keys, which never leave it, and encrypts the keys of databases by them.
 *
 * <p>A call may go over a network: it may take seconds, and may fail. So it is made when a database
 * is opened and when a master key changes, never for a row and never between two entries of a log;
 * and nobody waits for it without a bound ({@link BoundedVault}). Safe for many threads.
 */
public interface KeyVault {
  /** The id of the master key that wraps from now on. */
  String primary() throws KeyException;

  /** Wraps a key by the primary master key. */
  WrappedKey wrap(byte[] key) throws KeyException;

  /** Looks whether there are other master keys; those known stay when that cannot be told. */
  void refresh() throws KeyException;

  /**
   * The key again.
   *
   * @throws KeyException when the vault does not have the master key, or it is another one
   */
  byte[] unwrap(WrappedKey wrapped) throws KeyException;
}
