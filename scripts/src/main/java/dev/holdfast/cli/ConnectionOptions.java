package dev.holdfast.cli;

import dev.holdfast.common.client.ClientSettings;
import dev.holdfast.common.client.Endpoints;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.common.client.HoldfastClient;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options for the connection to the cluster. */
public final class ConnectionOptions {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final Duration LONG_TIMEOUT = Duration.ofMinutes(10);

  @Option(
      names = "--endpoint",
      paramLabel = "HOST:PORT,...",
      defaultValue = "${env:HOLDFAST_ENDPOINT:-127.0.0.1:7101,127.0.0.1:7102,127.0.0.1:7103}",
      description = "store nodes to ask first (default: ${DEFAULT-VALUE}; env HOLDFAST_ENDPOINT)")
  private String endpoint = "";

  @Option(
      names = "--aggregator",
      paramLabel = "HOST:PORT,...",
      defaultValue = "${env:HOLDFAST_AGGREGATOR:-127.0.0.1:7111}",
      description = "aggregators (default: ${DEFAULT-VALUE}; env HOLDFAST_AGGREGATOR)")
  private String aggregator = "";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "how long to keep trying (default: 15; 600 for commands that read everything)")
  private @Nullable Integer timeoutSeconds;

  @Option(
      names = "--no-leader-routing",
      description =
          "talk to the given endpoints only: for clusters whose own addresses are not reachable")
  private boolean noLeaderRouting;

  @Mixin private final SecurityOptions security = new SecurityOptions();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create(); // set when the command line is built

  /** The addresses of --endpoint. */
  public List<String> endpoints() {
    return endpoints("--endpoint", endpoint);
  }

  /**
   * A client of the store nodes. Reports an outage after a moment, while calls are still retried.
   */
  public HoldfastClient stores() {
    ClientSettings settings = settings();
    HoldfastClient client = HoldfastClient.connect(settings);
    new OutageNotice(settings, command.commandLine().getErr()).watch(client);
    return client;
  }

  /** The settings of a client of the store nodes. */
  public ClientSettings settings() {
    ClientSettings settings = at(endpoints(), TIMEOUT);
    return noLeaderRouting ? settings.withoutLeaderRouting() : settings;
  }

  public GlobalViewClient global() {
    return connect(aggregators(), TIMEOUT);
  }

  /** A client of exactly one aggregator, for control: each aggregator keeps a view of its own. */
  public GlobalViewClient aggregator() {
    return connect(oneAggregator(), TIMEOUT);
  }

  /** The same, with a longer timeout, for calls that read everything. */
  public GlobalViewClient patientAggregator() {
    return connect(oneAggregator(), LONG_TIMEOUT);
  }

  private GlobalViewClient connect(List<String> endpoints, Duration timeout) {
    return GlobalViewClient.connect(at(endpoints, timeout));
  }

  private ClientSettings at(List<String> endpoints, Duration timeout) {
    return security.applyTo(ClientSettings.at(endpoints)).withBudget(timeout(timeout));
  }

  private List<String> aggregators() {
    return endpoints("--aggregator", aggregator);
  }

  private List<String> oneAggregator() {
    List<String> endpoints = aggregators();
    if (endpoints.size() > 1) {
      throw new UsageException(
          "--aggregator: name one of them: each aggregator keeps and proves a view of its own");
    }
    return endpoints;
  }

  private Duration timeout(Duration usual) {
    if (timeoutSeconds == null) {
      return usual;
    }
    if (timeoutSeconds < 1) {
      throw new UsageException("--timeout must be at least 1 second, was " + timeoutSeconds);
    }
    return Duration.ofSeconds(timeoutSeconds);
  }

  /** Addresses as typed; throws a UsageException that names the option. */
  public static List<String> endpoints(String option, String text) {
    try {
      return Endpoints.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }
}
