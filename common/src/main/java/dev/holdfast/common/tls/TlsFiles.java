package dev.holdfast.common.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files, in PEM, that say who this process is and whom it believes.
 *
 * @param certificate its certificate, then those between it and the authority's
 * @param key its private key, PKCS#8
 * @param authorities certificates of the authorities that it believes
 * @param revoked revocation lists of these authorities; null when there are none
 */
public record TlsFiles(Path certificate, Path key, Path authorities, @Nullable Path revoked) {}
