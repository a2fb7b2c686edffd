package dev.holdfast.cli.drill.run;

import dev.holdfast.cli.drill.history.History;
import java.util.List;

/** Others who call in the stores of a drill: clients in other languages. */
@FunctionalInterface
public interface Guests {
  /** Nobody else. */
  Guests NONE = ground -> History::new;

  /**
   * The things that they may use.
   *
   * @param client the first number of a client that is not taken
   * @param prefix of their keys and reservations
   * @param stores and SKUs that exist, and that the others change too
   */
  record Ground(int client, String prefix, List<String> stores, List<String> skus) {
    public Ground {
      stores = List.copyOf(stores);
      skus = List.copyOf(skus);
    }
  }

  /** A visit, until it is ended. */
  @FunctionalInterface
  interface Visit {
    /** Lets the calls in flight end, and returns all of them, by {@link System#nanoTime}. */
    History end() throws Exception;
  }

  /** Begins to call. */
  Visit begin(Ground ground) throws Exception;
}
