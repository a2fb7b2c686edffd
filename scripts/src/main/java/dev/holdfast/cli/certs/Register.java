package dev.holdfast.cli.certs;

import com.google.common.base.Splitter;
import dev.holdfast.common.tls.CertificateName;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All certificates that a directory's authorities signed and that are not long over, also those
 * whose files were renewed since: they are valid still, and a name is revoked with all of them.
 * Immutable.
 *
 * @param entries in the order in which they were signed
 */
record Register(List<Entry> entries) {
  private static final Duration KEPT_AFTER_END = Duration.ofDays(30);
  private static final Splitter TAB = Splitter.on('\t');
  private static final int HEX = 16;
  private static final String NOT_REVOKED = "-";
  private static final int FIELDS = 5;

  static final Register EMPTY = new Register(List.of());

  Register {
    entries = List.copyOf(entries);
  }

  /**
   * One certificate.
   *
   * @param authority serial number of the certificate of the authority that signed it
   * @param revoked since when; null if it is not
   */
  record Entry(
      BigInteger serial,
      String name,
      Instant until,
      BigInteger authority,
      @Nullable Instant revoked) {

    static Entry of(CertificateName name, X509Certificate signed, X509Certificate authority) {
      return new Entry(
          signed.getSerialNumber(),
          name.uri(),
          signed.getNotAfter().toInstant(),
          authority.getSerialNumber(),
          null);
    }

    private Entry revoked(Instant since) {
      return revoked == null ? new Entry(serial, name, until, authority, since) : this;
    }

    private String line() {
      return String.join(
          "\t",
          serial.toString(HEX),
          name,
          until.toString(),
          authority.toString(HEX),
          revoked == null ? NOT_REVOKED : revoked.toString());
    }

    private static Entry parse(String line) {
      List<String> fields = TAB.splitToList(line);
      if (fields.size() != FIELDS) {
        throw new IllegalArgumentException("not a line of " + FIELDS + " fields: " + line);
      }
      return new Entry(
          new BigInteger(fields.get(0), HEX),
          fields.get(1),
          Instant.parse(fields.get(2)),
          new BigInteger(fields.get(3), HEX),
          fields.get(4).equals(NOT_REVOKED) ? null : Instant.parse(fields.get(4)));
    }
  }

  static Register parse(String text) {
    return new Register(text.lines().map(Entry::parse).toList());
  }

  /** As in the file, without those that ended long before a moment. */
  String text(Instant now) {
    return entries.stream()
        .filter(entry -> entry.until.plus(KEPT_AFTER_END).isAfter(now))
        .map(entry -> entry.line() + "\n")
        .collect(Collectors.joining());
  }

  Register with(Entry entry) {
    List<Entry> more = new ArrayList<>(entries);
    more.add(entry);
    return new Register(more);
  }

  /** With all certificates of a name revoked. */
  Register revoked(CertificateName name, Instant since) {
    return new Register(
        entries.stream()
            .map(entry -> entry.name.equals(name.uri()) ? entry.revoked(since) : entry)
            .toList());
  }

  /** The serial numbers that an authority revoked, and since when. */
  Map<BigInteger, Instant> revokedBy(X509Certificate authority) {
    Map<BigInteger, Instant> revoked = new HashMap<>();
    for (Entry entry : entries) {
      if (entry.revoked != null && entry.authority.equals(authority.getSerialNumber())) {
        revoked.put(entry.serial, entry.revoked);
      }
    }
    return revoked;
  }

  List<String> names() {
    return entries.stream().map(Entry::name).distinct().toList();
  }
}
