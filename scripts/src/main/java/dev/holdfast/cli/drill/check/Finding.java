package dev.holdfast.cli.drill.check;

import dev.holdfast.cli.drill.history.Call;
import java.util.List;

/**
 * A broken promise.
 *
 * @param what one sentence
 * @param calls those that show it; the search gives all calls up to the first that fits nowhere
 */
public record Finding(Breach breach, String what, List<Call> calls) {
  public Finding {
    calls = List.copyOf(calls);
  }

  @Override
  public String toString() {
    return breach + ": " + what;
  }
}
