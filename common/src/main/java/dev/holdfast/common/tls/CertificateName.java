package dev.holdfast.common.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name in a certificate: its URI among the subject's alternative names, {@code
 * spiffe://<cluster>/<kind>/<id>}. Other names in it are for callers that compare host names, and
 * give no rights.
 *
 * @param cluster id of the cluster that the name belongs to
 */
public record CertificateName(String cluster, Kind kind, String id) {
  /** Who a certificate is for. */
  public enum Kind {
    /** A store node or an aggregator. */
    NODE,
    /** A person. */
    USER,
    /** A program. */
    SERVICE;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int URI = 6;
  private static final String SCHEME = "spiffe://";
  private static final Pattern CLUSTER = Pattern.compile(SCHEME + "([a-z0-9._-]+)");
  private static final Pattern FORM =
      Pattern.compile(CLUSTER + "/(node|user|service)/([A-Za-z0-9._@+-]{1,128})");

  public static CertificateName node(String cluster, String id) {
    return new CertificateName(cluster, Kind.NODE, id);
  }

  /**
   * The name in a certificate; empty when there is none of ours, or more than one: then nobody can
   * tell who it is.
   */
  public static Optional<CertificateName> of(X509Certificate certificate) {
    List<CertificateName> names =
        uris(certificate).stream().flatMap(uri -> parse(uri).stream()).toList();
    return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
  }

  /** The cluster whose certificates an authority signs; empty when it says nothing of it. */
  public static Optional<String> clusterOf(X509Certificate authority) {
    return uris(authority).stream()
        .map(CLUSTER::matcher)
        .filter(Matcher::matches)
        .map(form -> form.group(1))
        .findFirst();
  }

  /** The name of the cluster itself, in its authority's certificate. */
  public static String clusterUri(String cluster) {
    return SCHEME + cluster;
  }

  private static List<String> uris(X509Certificate certificate) {
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      return alternatives == null
          ? List.of()
          : alternatives.stream()
              .filter(name -> Integer.valueOf(URI).equals(name.get(0)))
              .map(name -> (String) name.get(1))
              .toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  /** Reads a name; empty when it has another form. */
  public static Optional<CertificateName> parse(String uri) {
    Matcher form = FORM.matcher(uri);
    if (!form.matches()) {
      return Optional.empty();
    }
    Kind kind = Kind.valueOf(form.group(2).toUpperCase(Locale.ROOT));
    return Optional.of(new CertificateName(form.group(1), kind, form.group(3)));
  }

  public boolean isNodeOf(String wantedCluster) {
    return kind == Kind.NODE && cluster.equals(wantedCluster);
  }

  public String uri() {
    return "%s/%s/%s".formatted(clusterUri(cluster), kind.text(), id);
  }

  @Override
  public String toString() {
    return kind.text() + "/" + id;
  }
}
