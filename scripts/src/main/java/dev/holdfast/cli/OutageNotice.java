package dev.holdfast.cli;

import dev.holdfast.cli.cluster.ClusterView;
import dev.holdfast.common.client.ClientSettings;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.client.HoldfastException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Checks the cluster when a command takes unusually long, and names the outage. Otherwise the user
 * would wait for all retries, only to read about one partition's leader.
 */
final class OutageNotice {
  private static final Duration USUAL = Duration.ofMillis(800);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final ClientSettings settings;
  private final PrintWriter err;

  OutageNotice(ClientSettings settings, PrintWriter err) {
    this.settings = settings;
    this.err = err;
  }

  /** Watches until the client is closed; never keeps the command line from ending. */
  void watch(HoldfastClient client) {
    Thread look = new Thread(() -> lookAfterAWhile(client), "outage-notice");
    look.setDaemon(true);
    look.start();
  }

  private void lookAfterAWhile(HoldfastClient client) {
    try {
      TimeUnit.MILLISECONDS.sleep(USUAL.toMillis());
    } catch (InterruptedException e) {
      return;
    }
    if (client.isClosed()) {
      return;
    }
    ClientSettings quick = settings.withBudget(LOOK).withCallTimeout(LOOK);
    try (HoldfastClient own = HoldfastClient.connect(quick)) {
      ClusterView.ask(own).outage().filter(text -> !client.isClosed()).ifPresent(this::tell);
    } catch (HoldfastException nobodyAnswers) {
      // The command's own failure says so. But this one would come late.
      if (nobodyAnswers.tlsRefusal() != null && !client.isClosed()) {
        tell(nobodyAnswers.getMessage() + "\n  " + TlsWaysOut.of(nobodyAnswers.tlsRefusal()));
      }
    }
  }

  private void tell(String outage) {
    err.println(outage);
    err.println("  trying on for up to " + settings.budget().toSeconds() + " s; see --timeout");
    err.flush();
  }
}
