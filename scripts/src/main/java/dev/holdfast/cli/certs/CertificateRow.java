package dev.holdfast.cli.certs;

import dev.holdfast.cli.certs.CertificateFiles.Found;
import dev.holdfast.cli.output.Column;
import dev.holdfast.cli.output.Moments;
import dev.holdfast.common.tls.CertificateName;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A certificate as it is printed, at a moment. */
record CertificateRow(Found found, Instant now) {
  static final List<Column<CertificateRow>> COLUMNS =
      List.of(
          new Column<>("name", CertificateRow::name),
          new Column<>("state", CertificateRow::state),
          new Column<>("days_left", CertificateRow::daysLeft),
          new Column<>("until", row -> text(row.until())),
          new Column<>("from", row -> text(row.from())),
          new Column<>("hosts", row -> String.join(" ", CertificateFiles.hosts(row.certificate()))),
          new Column<>("serial", row -> row.certificate().getSerialNumber().toString(16)),
          new Column<>("issuer", row -> row.certificate().getIssuerX500Principal().getName()),
          new Column<>("cluster", CertificateRow::cluster),
          new Column<>("file", row -> row.found.file().toString()));

  static List<CertificateRow> of(List<Found> found) {
    Instant now = Instant.now();
    return found.stream().map(each -> new CertificateRow(each, now)).toList();
  }

  private X509Certificate certificate() {
    return found.certificate();
  }

  private Instant from() {
    return certificate().getNotBefore().toInstant();
  }

  private Instant until() {
    return certificate().getNotAfter().toInstant();
  }

  private static String text(Instant moment) {
    return String.valueOf(Moments.text(moment.toEpochMilli()));
  }

  private String name() {
    return CertificateName.of(certificate())
        .map(CertificateName::toString)
        .orElseGet(
            () ->
                found.isAuthority()
                    ? "authority"
                    : certificate().getSubjectX500Principal().getName());
  }

  private String cluster() {
    return CertificateName.of(certificate())
        .map(CertificateName::cluster)
        .or(() -> Optional.of(certificate()).flatMap(CertificateName::clusterOf))
        .orElse("");
  }

  String state() {
    if (found.revoked()) {
      return "revoked";
    }
    if (until().isBefore(now)) {
      return "expired";
    }
    return from().isAfter(now) ? "not yet" : "valid";
  }

  /** Whole days; negative after the end. */
  private long daysLeft() {
    return Math.floorDiv(Duration.between(now, until()).toSeconds(), 24 * 60 * 60);
  }
}
