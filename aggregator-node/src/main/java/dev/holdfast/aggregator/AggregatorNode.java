package dev.holdfast.aggregator;

import dev.holdfast.aggregator.config.AggregatorNodeConfig;
import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.config.NodeCommand;
import dev.holdfast.common.config.Termination;
import dev.holdfast.common.telemetry.Logging;
import java.security.Security;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The entry point of an aggregator node. */
public final class AggregatorNode {
  private static final Logger LOG = LoggerFactory.getLogger(AggregatorNode.class);

  private AggregatorNode() {}

  public static void main(String[] arguments) {
    // Netty would sample buffers with stack traces to find leaks.
    System.setProperty("io.grpc.netty.shaded.io.netty.leakDetection.level", "disabled");
    // The JDK remembers for 10 s that a name is unknown; a store node's container may be back
    // sooner.
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    NodeCommand<AggregatorNodeConfig> command =
        new NodeCommand<>(
            AggregatorNode.class, AggregatorNodeConfig.loader(), System.out, System.err);
    int code = command.run(arguments, System.getenv(), AggregatorNode::run);
    if (code != NodeCommand.OK) {
      System.exit(code);
    }
  }

  /** Returns never, but by an exception: a signal ends the process. */
  private static void run(AggregatorNodeConfig config) {
    Logging.start(config.node().id(), System.getenv());
    Termination termination = Termination.listen();
    AggregatorServer server = AggregatorServer.start(config);
    termination.stopWith(server::stop);
    LOG.info("{} is up, gRPC on port {}", config.node().id(), server.grpcPort());
    try {
      server.awaitFailure();
    } catch (ConfigException e) {
      server.close();
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
