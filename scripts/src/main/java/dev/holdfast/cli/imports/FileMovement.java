package dev.holdfast.cli.imports;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.proto.inventory.v1.Command;

/**
 * One line of the file, ready to be sent.
 *
 * @param key identifies the line within its import, see {@link LineKeys}
 * @param tries number of retries after a refusal, each under a new key
 */
record FileMovement(
    long line, MovementKind kind, StockKey item, String key, int tries, Command command) {

  /** The same movement under its next key. */
  FileMovement triedAnew() {
    int next = tries + 1;
    return new FileMovement(
        line, kind, item, key, next, MovementKind.withKey(command, keyOf(key, next)));
  }

  /** The idempotency key of the command. */
  String sentKey() {
    return keyOf(key, tries);
  }

  private static String keyOf(String key, int tries) {
    return tries == 0 ? key : key + "~" + tries;
  }
}
