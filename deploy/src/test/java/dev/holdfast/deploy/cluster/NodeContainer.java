package dev.holdfast.deploy.cluster;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Objects;
import org.testcontainers.containers.ExecConfig;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.HttpWaitStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A node in a container on two networks. The nodes talk on the peer network; the test comes in by
 * mapped ports on the other one, and so still reaches a node that is cut off from its peers.
 */
public final class NodeContainer extends GenericContainer<NodeContainer> {
  private static final Duration START_TIME_MAX = Duration.ofMinutes(3);

  private final Member member;
  private final PeerNetwork peers;
  private boolean secured;

  public NodeContainer(
      Member member, Network clients, PeerNetwork peers, SystemTestSettings settings) {
    super(DockerImageName.parse(settings.image()));
    this.member = member;
    this.peers = peers;
    withImagePullPolicy(image -> false); // it is built here, no registry has it
    withLabels(settings.labels());
    withNetwork(clients);
    withExposedPorts(member.grpcPort(), member.httpPort());
    withCommand(member.program());
    withCreateContainerCmdModifier(
        command ->
            Objects.requireNonNull(command.getHostConfig()).withCapAdd(Capability.NET_ADMIN));
    withEnv("HOLDFAST_NODE_ID", member.id());
    withEnv("HOLDFAST_HTTP_PORT", Integer.toString(member.httpPort()));
    waitingFor(ready().withStartupTimeout(START_TIME_MAX));
  }

  private HttpWaitStrategy ready() {
    return Wait.forHttp("/api/health").forPort(member.httpPort()).withReadTimeout(NodeHttp.TIMEOUT);
  }

  /** Says that it speaks TLS; before its start. */
  public NodeContainer secured() {
    secured = true;
    return waitingFor(ready().usingTls().allowInsecure().withStartupTimeout(START_TIME_MAX));
  }

  /** Joins its peers before its process starts. */
  @Override
  protected void containerIsCreated(String containerId) {
    peers.join(dockerClient, containerId, member.peerAddress(peers));
  }

  public String id() {
    return member.id();
  }

  public Member member() {
    return member;
  }

  /** Gives it these ports of this machine, which stay the same over restarts; before its start. */
  public NodeContainer withHostPorts(int grpcPort, int httpPort) {
    addFixedExposedPort(grpcPort, member.grpcPort());
    addFixedExposedPort(httpPort, member.httpPort());
    return this;
  }

  /** Ends it at once, as a power cut would. */
  public void killHard() {
    dockerClient.killContainerCmd(getContainerId()).exec();
  }

  /** Sends its process a signal: {@code STOP}. */
  public void signal(String name) {
    dockerClient.killContainerCmd(getContainerId()).withSignal(name).exec();
  }

  /** Asks it to stop, as an operator does. */
  public void terminate(Duration timeMax) {
    dockerClient
        .stopContainerCmd(getContainerId())
        .withTimeout(Math.toIntExact(timeMax.toSeconds()))
        .exec();
  }

  /**
   * Starts it again after it ended; its mapped ports are other ones then, unless it was given some.
   */
  public void startAgain() {
    dockerClient.startContainerCmd(getContainerId()).exec();
  }

  public void pause() {
    Freezer.freeze(dockerClient, getContainerId());
  }

  public void unpause() {
    Freezer.thaw(dockerClient, getContainerId());
  }

  /** Takes it off the peer network. */
  public void cutOff() {
    peers.leave(dockerClient, getContainerId());
  }

  /** Gives it its place in the peer network back. */
  public void heal() {
    peers.join(dockerClient, getContainerId(), member.peerAddress(peers));
  }

  @Override
  public boolean isRunning() {
    return Boolean.TRUE.equals(inspectNow().getState().getRunning());
  }

  public boolean isPaused() {
    return Boolean.TRUE.equals(inspectNow().getState().getPaused());
  }

  /** Whether it has its place in the peer network. */
  public boolean isAttached() {
    return peers.has(inspectNow());
  }

  /** Runs a script in it as its own user. */
  public Finished shell(String script) {
    return Execution.run(
        this, ExecConfig.builder().command(new String[] {"bash", "-c", script}).build());
  }

  /** Runs a script in it with the rights of root. */
  public Finished rootShell(String script) {
    return Execution.asRoot(this, script);
  }

  /** Where the test reaches its gRPC. */
  public String grpcAddress() {
    return getHost() + ":" + hostPort(member.grpcPort());
  }

  /** Where other containers on the peer network reach its gRPC. */
  public String peerGrpcAddress() {
    return member.grpcAddress(peers);
  }

  /** Its address on the peer network. */
  public String peerHost() {
    return member.peerAddress(peers);
  }

  public String peerSubnet() {
    return peers.subnet();
  }

  /** 200 when it says that it is ready, 503 when not; 0 without an answer. */
  public int healthStatus() {
    try {
      return http().get("/api/health").getResponseCode();
    } catch (IOException e) {
      return 0;
    }
  }

  /** What its health says. */
  public String health() throws IOException {
    return http().text("/api/health");
  }

  /** The certificate that it shows to those who connect now. */
  public X509Certificate shownCertificate() throws IOException {
    return http().certificate("/api/health");
  }

  private NodeHttp http() {
    return new NodeHttp(secured, getHost(), hostPort(member.httpPort()));
  }

  public boolean isReady() {
    return healthStatus() == HttpURLConnection.HTTP_OK;
  }

  /** The exit code of a container that ended. */
  public long exitCode() {
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
  public String lastLines(int count) {
    return getContainerId() == null ? "" : ContainerLogs.lastLines(getLogs(), count);
  }
}
