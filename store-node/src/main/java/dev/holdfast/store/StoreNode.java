package dev.holdfast.store;

import dev.holdfast.common.config.NodeCommand;
import dev.holdfast.common.config.Termination;
import dev.holdfast.common.telemetry.Logging;
import dev.holdfast.store.config.StoreNodeConfig;
import java.security.Security;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The entry point of a store node. */
public final class StoreNode {
  private static final Logger LOG = LoggerFactory.getLogger(StoreNode.class);

  private StoreNode() {}

  public static void main(String[] arguments) {
    // Netty in gRPC would sample buffers with stack traces to find leaks.
    System.setProperty("io.grpc.netty.shaded.io.netty.leakDetection.level", "disabled");
    // The JDK remembers for 10 s that a name is unknown; a peer's container may be back sooner.
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    NodeCommand<StoreNodeConfig> command =
        new NodeCommand<>(StoreNode.class, StoreNodeConfig.loader(), System.out, System.err);
    int code = command.run(arguments, System.getenv(), StoreNode::start);
    if (code != NodeCommand.OK) {
      System.exit(code);
    }
  }

  private static void start(StoreNodeConfig config) {
    Logging.start(config.node().id(), System.getenv());
    Termination termination = Termination.listen();
    StoreServer server = StoreServer.start(config);
    termination.stopWith(server::stop);
    LOG.info("{} is up", config.node().id());
  }
}
