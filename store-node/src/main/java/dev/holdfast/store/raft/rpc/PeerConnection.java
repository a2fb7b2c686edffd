package dev.holdfast.store.raft.rpc;

import com.alipay.sofa.jraft.rpc.Connection;
import dev.holdfast.common.tls.CertificateName;
import io.grpc.Status;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A connection that a peer has made to this node, as JRaft sees it. */
final class PeerConnection implements Connection {
  private final String peer;
  private final @Nullable X509Certificate certificate;
  private final Map<String, Object> attributes = new ConcurrentHashMap<>();
  private final Set<FrameExchange> streams = ConcurrentHashMap.newKeySet();

  /**
   * @param certificate that the peer showed; null without TLS
   */
  PeerConnection(String peer, @Nullable X509Certificate certificate) {
    this.peer = peer;
    this.certificate = certificate;
  }

  @Nullable X509Certificate certificate() {
    return certificate;
  }

  /** Its address. */
  String peer() {
    return peer;
  }

  void add(FrameExchange stream) {
    streams.add(stream);
  }

  void remove(FrameExchange stream) {
    streams.remove(stream);
  }

  @Override
  public @Nullable Object getAttribute(String key) {
    return attributes.get(key);
  }

  @Override
  public void setAttribute(String key, Object value) {
    attributes.put(key, value);
  }

  @Override
  public @Nullable Object setAttributeIfAbsent(String key, Object value) {
    return attributes.putIfAbsent(key, value);
  }

  /**
   * Leaves to others what they use, too: JRaft keeps the state of a pair of peers, not of a
   * connection, and drops it when a connection that used it ends. The end of one that a cut broke
   * may arrive long after its successor.
   */
  void leaveTo(Collection<PeerConnection> others) {
    attributes.forEach(
        (key, mine) -> {
          if (mine instanceof Set<?> pairs) {
            for (PeerConnection other : others) {
              if (other != this && other.attributes.get(key) instanceof Set<?> theirs) {
                pairs.removeAll(theirs);
              }
            }
          }
        });
  }

  /** Ends its streams, so that all requests on them fail at the peer. */
  @Override
  public void close() {
    end(Status.ABORTED);
  }

  void end(Status why) {
    streams.forEach(stream -> stream.end(why));
  }

  @Override
  public String toString() {
    String name =
        certificate == null
            ? "a peer"
            : CertificateName.of(certificate).map(Objects::toString).orElse("somebody");
    return name + " at " + peer;
  }
}
