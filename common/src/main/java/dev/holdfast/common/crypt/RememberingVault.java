package dev.holdfast.common.crypt;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers the last keys that a vault wrapped and unwrapped: they are in the memory of this
 * process anyway. So checking a snapshot of an open database, and opening it again, asks nobody,
 * and goes on while the vault is away.
 */
final class RememberingVault implements KeyVault {
  private static final int KEYS_MAX = 1_000;

  private final KeyVault vault;
  private final Map<Place, byte[]> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Place, byte[]> eldest) {
              return size() > KEYS_MAX;
            }
          });

  RememberingVault(KeyVault vault) {
    this.vault = vault;
  }

  private record Place(String master, ByteBuffer wrapped) {
    static Place of(WrappedKey key) {
      return new Place(key.master(), ByteBuffer.wrap(key.bytes().clone()));
    }
  }

  @Override
  public String primary() throws KeyException {
    return vault.primary();
  }

  @Override
  public void refresh() throws KeyException {
    vault.refresh();
  }

  @Override
  public WrappedKey wrap(byte[] key) throws KeyException {
    WrappedKey wrapped = vault.wrap(key);
    known.put(Place.of(wrapped), key.clone());
    return wrapped;
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped) throws KeyException {
    byte[] key = known.get(Place.of(wrapped));
    if (key == null) {
      key = vault.unwrap(wrapped);
      known.put(Place.of(wrapped), key.clone());
    }
    return key.clone();
  }

  @Override
  public String toString() {
    return vault.toString();
  }
}
