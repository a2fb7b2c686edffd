package dev.holdfast.cli.certs;

import com.google.common.net.InetAddresses;
import dev.holdfast.cli.UsageException;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Hosts in a certificate. */
final class HostOptions {
  private static final Pattern NAME =
      Pattern.compile("(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

  @Option(
      names = "--host",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "HOST,...",
      description =
          "names and addresses under which callers that compare them (curl, grpcurl, browsers)"
              + " connect to the node; Holdfast itself compares the id")
  private List<String> hosts = List.of();

  List<String> hosts() {
    for (String host : hosts) {
      if (!InetAddresses.isInetAddress(host) && !NAME.matcher(host).matches()) {
        throw new UsageException("--host: '" + host + "' is no name or address of a host");
      }
    }
    return hosts;
  }
}
