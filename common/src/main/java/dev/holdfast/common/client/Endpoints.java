package dev.holdfast.common.client;

import com.google.common.base.Splitter;
import com.google.common.net.HostAndPort;
import java.util.List;

/** Addresses of nodes as text: {@code host:port,host:port}. */
public final class Endpoints {
  private static final Splitter COMMA = Splitter.on(',').trimResults().omitEmptyStrings();

  private Endpoints() {}

  /** Throws an IllegalArgumentException that names the malformed address. */
  public static List<String> parse(String text) {
    List<String> endpoints = COMMA.splitToList(text);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("no endpoint in '" + text + "': use host:port,host:port");
    }
    endpoints.forEach(Endpoints::check);
    return endpoints;
  }

  private static void check(String endpoint) {
    HostAndPort parsed = HostAndPort.fromString(endpoint);
    if (parsed.getHost().isEmpty() || !parsed.hasPort()) {
      throw new IllegalArgumentException("endpoint '" + endpoint + "' is not host:port");
    }
  }
}
