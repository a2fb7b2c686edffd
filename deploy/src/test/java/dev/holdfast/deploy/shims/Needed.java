package dev.holdfast.deploy.shims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Things that a test needs and not every machine has. */
public final class Needed {
  private Needed() {}

  /**
   * Skips a test, or fails it where all system tests must run.
   *
   * @param missing why; empty when nothing is missing
   */
  public static void orSkip(String missing) {
    if (System.getProperty("system.tests", "").equals("required")) {
      assertThat(missing).as("what is missing").isEmpty();
    }
    assumeThat(missing).as("what is missing").isEmpty();
  }
}
