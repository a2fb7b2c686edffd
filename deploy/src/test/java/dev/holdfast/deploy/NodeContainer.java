package dev.holdfast.deploy;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A node in a container on two networks. The nodes talk on the peer network; the test comes in by
 * mapped ports on the other one, and so still reaches a node that is cut off from its peers.
 */
final class NodeContainer extends GenericContainer<NodeContainer> {
  private static final Duration START_TIME_MAX = Duration.ofSeconds(90);
  private static final int HTTP_TIMEOUT_MILLIS = 1_000;

  private final Member member;
  private final PeerNetwork peers;

  NodeContainer(Member member, Network clients, PeerNetwork peers, SystemTestSettings settings) {
    super(DockerImageName.parse(settings.image()));
    this.member = member;
    this.peers = peers;
    withImagePullPolicy(image -> false); // it is built here, no registry has it
    withLabels(settings.labels());
    withNetwork(clients);
    withExposedPorts(member.grpcPort(), member.httpPort());
    withCommand(member.program());
    withEnv("HOLDFAST_NODE_ID", member.id());
    withEnv("HOLDFAST_HTTP_PORT", Integer.toString(member.httpPort()));
    waitingFor(
        Wait.forHttp("/api/health")
            .forPort(member.httpPort())
            .withReadTimeout(Duration.ofMillis(HTTP_TIMEOUT_MILLIS))
            .withStartupTimeout(START_TIME_MAX));
  }

  /** Joins its peers before its process starts. */
  @Override
  protected void containerIsCreated(String containerId) {
    peers.join(dockerClient, containerId, member.peerAddress(peers));
  }

  String id() {
    return member.id();
  }

  Member member() {
    return member;
  }

  /** Ends it at once, as a power cut would. */
  void killHard() {
    dockerClient.killContainerCmd(getContainerId()).exec();
  }

  /** Asks it to stop, as an operator does. */
  void terminate(Duration timeMax) {
    dockerClient
        .stopContainerCmd(getContainerId())
        .withTimeout(Math.toIntExact(timeMax.toSeconds()))
        .exec();
  }

  /** Starts it again after it ended; its mapped ports are other ones then. */
  void startAgain() {
    dockerClient.startContainerCmd(getContainerId()).exec();
  }

  void pause() {
    Freezer.freeze(dockerClient, getContainerId());
  }

  void unpause() {
    Freezer.thaw(dockerClient, getContainerId());
  }

  /** Takes it off the peer network. */
  void cutOff() {
    peers.leave(dockerClient, getContainerId());
  }

  /** Gives it its place in the peer network back. */
  void heal() {
    peers.join(dockerClient, getContainerId(), member.peerAddress(peers));
  }

  /** Where the test reaches its gRPC. */
  String grpcAddress() {
    return getHost() + ":" + hostPort(member.grpcPort());
  }

  /** Where other containers on the peer network reach its gRPC. */
  String peerGrpcAddress() {
    return member.grpcAddress(peers);
  }

  /** 200 when it says that it is ready, 503 when not; 0 without an answer. */
  int healthStatus() {
    try {
      URI uri = URI.create("http://" + getHost() + ":" + hostPort(member.httpPort()));
      HttpURLConnection connection =
          (HttpURLConnection) uri.resolve("/api/health").toURL().openConnection();
      connection.setConnectTimeout(HTTP_TIMEOUT_MILLIS);
      connection.setReadTimeout(HTTP_TIMEOUT_MILLIS);
      return connection.getResponseCode();
    } catch (IOException e) {
      return 0;
    }
  }

  boolean isReady() {
    return healthStatus() == HttpURLConnection.HTTP_OK;
  }

  /** The exit code of a container that ended. */
  long exitCode() {
    Long code = inspectNow().getState().getExitCodeLong();
    return code == null ? -1 : code;
  }

  /** Asks Docker: getMappedPort only knows the first port, and a restart takes another one. */
  private int hostPort(int port) {
    Ports.Binding[] bindings =
        inspectNow().getNetworkSettings().getPorts().getBindings().get(ExposedPort.tcp(port));
    return bindings == null || bindings.length == 0
        ? 1 // nobody listens there: it does not run
        : Integer.parseInt(bindings[0].getHostPortSpec());
  }

  private InspectContainerResponse inspectNow() {
    return dockerClient.inspectContainerCmd(getContainerId()).exec();
  }

  /** What it printed last; empty when it was never made. */
  String lastLines(int count) {
    return getContainerId() == null ? "" : ContainerLogs.lastLines(getLogs(), count);
  }
}
