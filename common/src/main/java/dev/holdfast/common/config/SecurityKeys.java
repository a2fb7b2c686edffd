package dev.holdfast.common.config;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Keys of TLS and of bearer tokens. An empty path is not set. */
public interface SecurityKeys {
  @Doc("tls: encrypted connections, with certificates; off: plaintext, and anyone may do anything")
  @WithDefault(SecurityMode.DEFAULT)
  SecurityMode mode();

  @Doc("id of the cluster in the names of certificates: spiffe://<id>/node/<node>")
  @WithDefault("holdfast")
  String cluster();

  @Doc("PEM file of this node's certificate, then of those between it and the authority's")
  @WithDefault("")
  Path certificate();

  @Doc("PEM file of the certificate's private key, PKCS#8, unencrypted")
  @WithDefault("")
  Path key();

  @Doc("PEM file of the certificates of the authorities that are believed")
  @WithDefault("")
  Path authorities();

  @Doc("PEM file of revocation lists of these authorities")
  @WithDefault("")
  Path revoked();

  @Doc("YAML file of who may do what; without it user/admin may do everything, and others nothing")
  @WithDefault("")
  Path access();

  @Doc("maximum number of gRPC connections from one address, with security.mode=tls")
  @WithDefault("1000")
  @Range(min = "1", max = "100000")
  int connectionsPerAddressMax();

  @Doc("with security.mode=off, whether to listen at addresses that other machines reach")
  @WithDefault("false")
  boolean openToNetwork();

  TokenKeys tokens();
}
