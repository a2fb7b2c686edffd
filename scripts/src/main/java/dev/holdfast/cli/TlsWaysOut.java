package dev.holdfast.cli;

import dev.holdfast.common.client.TlsRefusal;

/** The options and files that help when the command line and a node differ about TLS. */
final class TlsWaysOut {
  private TlsWaysOut() {}

  static String of(TlsRefusal refusal) {
    return switch (refusal) {
      case NOT_SPOKEN ->
          "to call nodes with security.mode=off: --insecure, or HOLDFAST_INSECURE=true";
      case PERHAPS_WANTED ->
          "for nodes with security.mode=tls, name a directory of certificates: --cert-dir, or"
              + " HOLDFAST_CERTS";
      case NODE_UNKNOWN ->
          "copy ca.crt from where the node's certificate was made into --cert-dir (or"
              + " HOLDFAST_CERTS)";
      case NODE_NOT_VALID_NOW -> "renew it where it was made: holdfast certs renew --all";
      case NODE_NOT_MEANT -> "see --endpoint, --aggregator and --cluster";
      case CERTIFICATE_WANTED ->
          "put one with its key into --cert-dir (or HOLDFAST_CERTS): holdfast certs issue user"
              + " NAME";
      case CERTIFICATE_EXPIRED -> "renew it where it was made: holdfast certs renew ID";
      case CERTIFICATE_REVOKED -> "have another one made: holdfast certs issue user NAME --force";
      case CERTIFICATE_UNKNOWN, CERTIFICATE_REFUSED ->
          "is it of an authority in the node's security.authorities, neither expired nor revoked?"
              + " see: holdfast certs show";
    };
  }
}
