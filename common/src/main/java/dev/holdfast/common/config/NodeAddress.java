package dev.holdfast.common.config;

import com.google.common.net.HostAndPort;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses of a store node: its gRPC API and its Raft peers. */
public record NodeAddress(String id, String grpcHost, int grpcPort, String raftHost, int raftPort) {
  private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9._-]{1,64})=([^/]+)/([^/]+)");

  /**
   * Reads {@code id=grpcHost:grpcPort/raftHost:raftPort}.
   *
   * @throws IllegalArgumentException that describes the mistake
   */
  static NodeAddress parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be a comma list of id=host:port/host:port (gRPC, then Raft), not '" + text + "'");
    }
    HostAndPort grpc = hostAndPort(matcher.group(2));
    HostAndPort raft = hostAndPort(matcher.group(3));
    return new NodeAddress(
        matcher.group(1), grpc.getHost(), grpc.getPort(), raft.getHost(), raft.getPort());
  }

  /** host:port of the gRPC API. */
  public String grpcAddress() {
    return HostAndPort.fromParts(grpcHost, grpcPort).toString();
  }

  /** host:port of Raft. */
  public String raftAddress() {
    return HostAndPort.fromParts(raftHost, raftPort).toString();
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return id + '=' + grpcAddress() + '/' + raftAddress();
  }

  private static HostAndPort hostAndPort(String text) {
    HostAndPort address = HostAndPort.fromString(text);
    if (!address.hasPort() || address.getPort() == 0 || address.getHost().isBlank()) {
      throw new IllegalArgumentException("must name host and port, not '" + text + "'");
    }
    return address;
  }
}
