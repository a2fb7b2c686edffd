package dev.holdfast.deploy.cluster;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Network.Ipam;
import java.util.Map;
import java.util.Random;
import org.testcontainers.containers.Network;

/**
 * The network between the nodes: closed to the outside, with fixed addresses. Names would not do: a
 * container that is stopped or cut off has none.
 */
public final class PeerNetwork implements AutoCloseable {
  private static final int TRIES = 20;

  private final Network network;
  private final String prefix;

  private PeerNetwork(Network network, String prefix) {
    this.network = network;
    this.prefix = prefix;
  }

  /** Takes the first of some random subnets that nobody else on this machine uses. */
  public static PeerNetwork create(Map<String, String> labels) {
    Random random = new Random();
    for (int i = 1; ; i++) {
      String prefix = "10.211." + random.nextInt(256) + ".";
      try {
        return create(prefix, labels);
      } catch (DockerException taken) {
        if (i == TRIES) {
          throw taken;
        }
      }
    }
  }

  private static PeerNetwork create(String prefix, Map<String, String> labels) {
    Ipam ipam = new Ipam().withConfig(new Ipam.Config().withSubnet(subnet(prefix)));
    Network network =
        Network.builder()
            .createNetworkCmdModifier(
                command -> command.withInternal(true).withIpam(ipam).withLabels(labels))
            .build();
    network.getId(); // makes it
    return new PeerNetwork(network, prefix);
  }

  public Network network() {
    return network;
  }

  public String subnet() {
    return subnet(prefix);
  }

  private static String subnet(String prefix) {
    return prefix + "0/24";
  }

  public String address(int host) {
    return prefix + host;
  }

  public void join(DockerClient docker, String container, String address) {
    docker
        .connectToNetworkCmd()
        .withContainerId(container)
        .withNetworkId(network.getId())
        .withContainerNetwork(
            new ContainerNetwork()
                .withIpamConfig(new ContainerNetwork.Ipam().withIpv4Address(address)))
        .exec();
  }

  boolean has(InspectContainerResponse container) {
    return container.getNetworkSettings().getNetworks().values().stream()
        .anyMatch(attached -> network.getId().equals(attached.getNetworkID()));
  }

  public void leave(DockerClient docker, String container) {
    docker
        .disconnectFromNetworkCmd()
        .withContainerId(container)
        .withNetworkId(network.getId())
        .withForce(true)
        .exec();
  }

  @Override
  public void close() {
    network.close();
  }
}
