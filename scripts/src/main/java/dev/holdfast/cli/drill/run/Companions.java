package dev.holdfast.cli.drill.run;

import dev.holdfast.cli.drill.history.History;
import java.util.List;

/**
 * Callers outside this process, such as those in other languages: they work in the stores of a
 * drill while it calls, and record what they do by the clock of {@link System#nanoTime}.
 */
public interface Companions {
  /** None at all. */
  Companions NONE =
      new Companions() {
        @Override
        public void start(String prefix, List<String> stores, List<String> skus) {}

        @Override
        public History stop() {
          return new History();
        }
      };

  /**
   * Lets them call.
   *
   * @param prefix of all their keys and ids, which nobody else uses
   * @param stores each of which has all the SKUs; the drill's own callers use them, too
   */
  void start(String prefix, List<String> stores, List<String> skus) throws Exception;

  /** Ends them, also when not all have started, and returns everything that they did. */
  History stop() throws Exception;
}
