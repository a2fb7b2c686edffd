package dev.holdfast.cli.certs;

import dev.holdfast.cli.FailedException;
import dev.holdfast.cli.UsageException;
import dev.holdfast.common.client.ClientSettings;
import dev.holdfast.common.tls.CallerIdentity;
import dev.holdfast.common.tls.CertificateName;
import dev.holdfast.common.tls.CertificateName.Kind;
import dev.holdfast.common.tls.TlsFileException;
import dev.holdfast.common.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Certificate that the command line shows, and authorities that it believes, from a directory.
 *
 * @param own its certificate and key; null when the directory has none, as for a caller with a
 *     token
 * @param cluster whose nodes it calls
 */
public record OwnCertificate(
    @Nullable TlsFiles own, Path authorities, @Nullable Path revoked, String cluster) {
  private static final String ADMIN = "admin";

  /**
   * From the directory of a cluster of scripts/cluster; null when it has none. The directory is
   * found and not named, so it must not be one that somebody else made.
   */
  public static @Nullable OwnCertificate ofCluster(Path directory, @Nullable String as) {
    if (!Files.exists(directory.resolve(CertificateDirectory.AUTHORITIES))) {
      return null;
    }
    try {
      OwnFiles.requireOwn(directory);
    } catch (IOException e) {
      throw new FailedException("cannot read " + directory + ": " + e, e);
    }
    return in(directory, as);
  }

  /**
   * From a directory that the user named.
   *
   * @param as the certificate meant; by default the only one, else that of the admin
   */
  public static OwnCertificate in(Path directory, @Nullable String as) {
    Path authorities = directory.resolve(CertificateDirectory.AUTHORITIES);
    if (!Files.exists(authorities)) {
      throw new UsageException(
          "%s is missing: --cert-dir (or HOLDFAST_CERTS) names a directory with it and one's certificate"
              .formatted(authorities));
    }
    Path revoked = directory.resolve(CertificateDirectory.REVOKED);
    Path lists = Files.exists(revoked) ? revoked : null;
    Optional<Usable> own = chosen(directory, as);
    TlsFiles files =
        own.map(each -> new TlsFiles(each.file, keyOf(each.file), authorities, lists)).orElse(null);
    X509Certificate authority = CertificateFiles.of(authorities).get(0).certificate();
    String cluster =
        own.map(each -> each.name.cluster())
            .or(() -> CertificateName.clusterOf(authority))
            .orElse("holdfast");
    return new OwnCertificate(files, authorities, lists, cluster);
  }

  /** The same, to call the nodes of another cluster. */
  public OwnCertificate calling(String otherCluster) {
    return new OwnCertificate(own, authorities, revoked, otherCluster);
  }

  public ClientSettings applyTo(ClientSettings settings) {
    try {
      return settings.withTls(
          own == null
              ? CallerIdentity.withoutCertificate(authorities, revoked, cluster)
              : CallerIdentity.load(own, cluster));
    } catch (TlsFileException e) {
      throw new UsageException(e.getMessage() + "; see --cert-dir");
    }
  }

  /** A certificate whose key is there. */
  private record Usable(CertificateName name, Path file) {
    boolean isAdmin() {
      return name.kind() == Kind.USER && name.id().equals(ADMIN);
    }
  }

  private static Optional<Usable> chosen(Path directory, @Nullable String as) {
    List<Usable> usable =
        CertificateFiles.in(directory).stream()
            .filter(found -> Files.exists(keyOf(found.file())))
            .flatMap(
                found ->
                    CertificateName.of(found.certificate()).stream()
                        .map(name -> new Usable(name, found.file())))
            .toList();
    if (as != null) {
      CertificateName wanted = CertsCommand.oneOf(usable.stream().map(Usable::name).toList(), as);
      return usable.stream().filter(each -> each.name.equals(wanted)).findFirst();
    }
    List<Usable> callers = usable.stream().filter(each -> each.name.kind() != Kind.NODE).toList();
    if (callers.size() > 1 && callers.stream().noneMatch(Usable::isAdmin)) {
      throw new UsageException(
          "%s has several certificates: say by --as which one of %s to use"
              .formatted(directory, callers.stream().map(Usable::name).toList()));
    }
    return callers.stream().filter(each -> callers.size() == 1 || each.isAdmin()).findFirst();
  }

  private static Path keyOf(Path certificate) {
    String stem = certificate.toString().replaceFirst("\\.crt$", "");
    return Path.of(stem + CertificateDirectory.KEY);
  }
}
