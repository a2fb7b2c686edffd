package dev.holdfast.common.access;

import java.util.List;

/**
 * A role for some stores. As text {@code role:pattern}, or only the role where it is for the whole
 * cluster.
 */
public record Grant(Role role, Stores stores) {
  private static final char STORES_BEGIN = ':';

  /**
   * Reads a text as claims of tokens have it: {@code viewer:*}, {@code operator:berlin-*}, {@code
   * admin}. Never a peer.
   *
   * @throws IllegalArgumentException that tells what is wrong
   */
  public static Grant parse(String text) {
    int end = text.indexOf(STORES_BEGIN);
    Role role = role(end < 0 ? text : text.substring(0, end));
    return end < 0 ? ofCluster(role) : new Grant(role, Stores.of(List.of(text.substring(end + 1))));
  }

  /** The role of a text, if somebody may be granted it. */
  static Role role(String text) {
    return Role.of(text)
        .filter(role -> role != Role.PEER)
        .orElseThrow(() -> new IllegalArgumentException(noRole(text)));
  }

  private static String noRole(String text) {
    List<String> names = Role.granted().stream().map(Role::text).toList();
    return text.equals(Role.PEER.text())
        ? "peer is no role to grant: it comes with the certificate of a store node"
        : "role must be one of %s, not '%s'".formatted(String.join(", ", names), text);
  }

  /** A grant that names no stores. */
  static Grant ofCluster(Role role) {
    if (!role.isOfCluster()) {
      throw new IllegalArgumentException(
          "%s needs stores: their names, prefixes as in berlin-*, or * for all"
              .formatted(role.text()));
    }
    return new Grant(role, Stores.ALL);
  }

  /** The texts that it is written as, one for each pattern. */
  public List<String> texts() {
    return stores.patterns().stream().map(pattern -> role.text() + STORES_BEGIN + pattern).toList();
  }
}
