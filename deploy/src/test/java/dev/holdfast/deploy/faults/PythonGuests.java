package dev.holdfast.deploy.faults;

import dev.holdfast.cli.drill.run.DrillPlan;
import dev.holdfast.cli.drill.run.Guests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A caller in Python beside those of each drill, where this machine has Python and its gRPC. */
final class PythonGuests {
  private static final Logger LOG = LoggerFactory.getLogger(PythonGuests.class);

  /** The drill ends it before. */
  private static final Duration FOR_LONG = Duration.ofHours(1);

  private final Path directory;
  private final @Nullable PythonStubs stubs;

  private PythonGuests(Path directory, @Nullable PythonStubs stubs) {
    this.directory = directory;
    this.stubs = stubs;
  }

  /** Prepares them; none where they cannot run. */
  static PythonGuests in(Path directory) throws IOException, InterruptedException {
    if (PythonStubs.areAvailable()) {
      return new PythonGuests(directory, PythonStubs.generate(directory.resolve("stubs")));
    }
    LOG.warn("no caller in Python takes part: scripts/check/ensure-client-languages installs it");
    return new PythonGuests(directory, null);
  }

  Guests of(DrillPlan plan) {
    PythonStubs generated = stubs;
    return generated == null ? Guests.NONE : ground -> visit(generated, plan, ground);
  }

  private Guests.Visit visit(PythonStubs generated, DrillPlan plan, Guests.Ground ground)
      throws IOException {
    PythonCaller.Settings settings =
        new PythonCaller.Settings(
            plan.endpoints(),
            ground.client(),
            plan.seed(),
            ground.prefix(),
            ground.stores(),
            ground.skus(),
            FOR_LONG);
    return PythonCaller.start(generated, directory, settings)::stop;
  }
}
