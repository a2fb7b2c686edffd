package dev.holdfast.store.peers;

import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import dev.holdfast.store.clock.NodeClock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks every peer about once a second for its status and keeps the latest answer of each. Callers
 * read it here and never wait. Run by a timer, more often than it asks; answers come on any thread,
 * and any thread may read.
 */
public final class PeerWatch implements Runnable {
  /** The age up to which an answer says something about now. */
  public static final Duration FRESH = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** The longest round trip after which the clock in an answer is still known well enough. */
  private static final Duration ROUND_TRIP_MAX = Duration.ofMillis(500);

  private final Map<String, Peer> peers = new TreeMap<>();
  private final StatusCalls calls;
  private final LongSupplier nanos;

  /**
   * @param nodes all peers: the members of the cluster but this node
   * @param nanos the monotonic clock
   */
  public PeerWatch(Collection<String> nodes, StatusCalls calls, LongSupplier nanos) {
    nodes.forEach(node -> peers.put(node, new Peer(node)));
    this.calls = calls;
    this.nanos = nanos;
  }

  @Override
  public void run() {
    peers.values().forEach(Peer::askWhenDue);
  }

  /** The latest answer of a peer, however old; {@link #age} tells its age. */
  public Optional<PeerStatus> latest(String node) {
    Peer peer = peers.get(node);
    return peer == null ? Optional.empty() : Optional.ofNullable(peer.latest);
  }

  /** The latest answer of a peer unless it is older than {@link #FRESH}. */
  public Optional<PeerStatus> fresh(String node) {
    return latest(node).filter(this::isFresh);
  }

  /** The latest answer of each peer that ever answered, by node id. */
  public List<PeerStatus> all() {
    return peers.keySet().stream().map(this::latest).flatMap(Optional::stream).toList();
  }

  /** The answers of {@link #all()} that are fresh. */
  public List<PeerStatus> allFresh() {
    return all().stream().filter(this::isFresh).toList();
  }

  /** How long ago an answer came. */
  public Duration age(PeerStatus status) {
    return Duration.ofNanos(nanos.getAsLong() - status.receivedNanos());
  }

  private boolean isFresh(PeerStatus status) {
    return age(status).compareTo(FRESH) <= 0;
  }

  /** One peer, asked on the timer's thread. */
  private final class Peer {
    private final String node;
    private volatile boolean inFlight;
    private volatile @Nullable PeerStatus latest;
    private long askedNanos;

    Peer(String node) {
      this.node = node;
    }

    /** A peer that never answered is asked at every run: much waits for its first answer. */
    void askWhenDue() {
      long now = nanos.getAsLong();
      if (inFlight || (latest != null && now - askedNanos < PAUSE.toNanos())) {
        return;
      }
      inFlight = true;
      askedNanos = now;
      calls.ask(node, status -> answered(now, status), () -> inFlight = false);
    }

    private void answered(long sentNanos, GetNodeStatusResponse status) {
      long received = nanos.getAsLong();
      if (status.getNodeId().equals(node)) {
        latest = new PeerStatus(node, status, received, clockBase(sentNanos, received, status));
      }
      inFlight = false;
    }

    /** Assumes that the peer answered halfway between question and answer. */
    private static OptionalLong clockBase(long sent, long received, GetNodeStatusResponse status) {
      boolean tells = status.getWallClockMillis() != 0;
      if (!tells || received - sent > ROUND_TRIP_MAX.toNanos()) {
        return OptionalLong.empty();
      }
      long middle = sent + (received - sent) / 2;
      return OptionalLong.of(status.getWallClockMillis() - NodeClock.toMillis(middle));
    }
  }
}
