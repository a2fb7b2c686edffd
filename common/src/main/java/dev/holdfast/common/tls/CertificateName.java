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
  private static final Pattern FORM =
      Pattern.compile("spiffe://([a-z0-9._-]+)/(node|user|service)/([A-Za-z0-9._@+-]{1,128})");

  public static CertificateName node(String cluster, String id) {
    return new CertificateName(cluster, Kind.NODE, id);
  }

  /**
   * The name in a certificate; empty when there is none of ours, or more than one: then nobody can
   * tell who it is.
   */
  public static Optional<CertificateName> of(X509Certificate certificate) {
    List<CertificateName> names;
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      names =
          alternatives == null
              ? List.of()
              : alternatives.stream()
                  .filter(name -> Integer.valueOf(URI).equals(name.get(0)))
                  .flatMap(name -> parse((String) name.get(1)).stream())
                  .toList();
    } catch (CertificateParsingException e) {
      return Optional.empty();
    }
    return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
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

  public String uri() {
    return "spiffe://%s/%s/%s".formatted(cluster, kind.text(), id);
  }

  @Override
  public String toString() {
    return kind.text() + "/" + id;
  }
}
