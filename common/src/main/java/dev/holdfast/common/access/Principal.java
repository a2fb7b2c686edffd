package dev.holdfast.common.access;

import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.tls.CertificateName;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Somebody who makes calls. The text is stable: it is part of receipts' keys and of every event, so
 * it holds neither a token's id nor a certificate's number.
 *
 * @param text {@code user/alice}, {@code service/shop}, {@code node/node-a}, {@code
 *     <issuer>|<subject>} of a token, or {@code anonymous}
 */
public record Principal(Kind kind, String text) {
  /** How a principal is known. */
  public enum Kind {
    /** A node of the cluster, by its certificate. */
    NODE,
    /** A person, by a certificate. */
    USER,
    /** A program, by a certificate. */
    SERVICE,
    /** Whoever a bearer token is for. */
    TOKEN,
    /** Nobody in particular: security is off. */
    ANONYMOUS
  }

  /** Every caller while security is off. */
  public static final Principal ANONYMOUS = new Principal(Kind.ANONYMOUS, Origin.ANONYMOUS);

  /** Bytes of UTF-8; it is stored with every receipt and event. */
  static final int BYTES_MAX = 512;

  private static final char ISSUER_ENDS = '|';
  private static final String URI_START = "spiffe://any/";

  /** Who a certificate is for. */
  public static Principal of(CertificateName name) {
    Kind kind =
        switch (name.kind()) {
          case NODE -> Kind.NODE;
          case USER -> Kind.USER;
          case SERVICE -> Kind.SERVICE;
        };
    return new Principal(kind, name.toString());
  }

  /**
   * Who a token is for; empty when the two cannot be told apart in one text, or the text is too
   * long.
   */
  public static Optional<Principal> ofToken(String issuer, String subject) {
    return issuer.indexOf(ISSUER_ENDS) >= 0 || issuer.isEmpty() || subject.isEmpty()
        ? Optional.empty()
        : parse(issuer + ISSUER_ENDS + subject);
  }

  /** Reads a principal's text, but for {@code anonymous}; empty when it has another form. */
  public static Optional<Principal> parse(String text) {
    int issuerEnd = text.indexOf(ISSUER_ENDS);
    if (issuerEnd < 0) {
      return CertificateName.parse(URI_START + text).map(Principal::of);
    }
    boolean complete = issuerEnd > 0 && issuerEnd < text.length() - 1;
    return complete && isStorable(text)
        ? Optional.of(new Principal(Kind.TOKEN, text))
        : Optional.empty();
  }

  /** A zero byte parts the fields of receipts' keys. */
  private static boolean isStorable(String text) {
    return text.codePoints().noneMatch(Character::isISOControl)
        && text.getBytes(StandardCharsets.UTF_8).length <= BYTES_MAX;
  }

  /** The id in a certificate, behind the kind. */
  String id() {
    return text.substring(text.indexOf('/') + 1);
  }

  @Override
  public String toString() {
    return text;
  }
}
