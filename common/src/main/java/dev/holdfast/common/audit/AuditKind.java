package dev.holdfast.common.audit;

/**
 * The kind of thing that an audit line tells of. The words are part of the format: they are added
 * to, not changed.
 */
public enum AuditKind {
  /** A call without a certificate or token that is accepted. */
  UNAUTHENTICATED("access.unauthenticated"),
  /** A connection whose TLS handshake failed. */
  HANDSHAKE("handshake.failed"),
  /** A call that the rights of its principal do not cover. */
  DENIED("access.denied"),
  /** A call of which the role admin is needed. */
  ADMIN("admin.action"),
  /** A copy of a whole partition, or its feed. */
  EXPORT("export.opened"),
  /** Another access file is in use, or one is not accepted. */
  ACCESS_CHANGED("access.changed"),
  /** Another certificate, authority or revocation list is in use, or one is not accepted. */
  CERTIFICATES_CHANGED("certificates.changed"),
  /** The issuer of tokens published other keys. */
  TOKEN_KEYS_CHANGED("token-keys.changed"),
  /** The stream starts, or goes on after a start of the node. */
  STARTED("audit.started"),
  /** The node stopped in order; without this line before a start, it was killed or crashed. */
  STOPPED("audit.stopped"),
  /** Lines are missing here, and how many. */
  LOST("audit.lost");

  private final String word;

  AuditKind(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
