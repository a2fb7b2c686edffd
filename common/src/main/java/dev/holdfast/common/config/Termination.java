package dev.holdfast.common.config;

import com.google.common.util.concurrent.Uninterruptibles;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends a node by a signal: it stops, then the process exits with 0. A shutdown hook could not do
 * that: by then the exit code is the signal's, except for a halt, which skips every other exit
 * hook.
 */
public final class Termination {
  private static final List<String> SIGNALS = List.of("TERM", "INT", "HUP");

  /** The exit code of a process that handles no signal: 128 and the number of TERM. */
  private static final int TERMINATED = 143;

  private volatile @Nullable BooleanSupplier stop;

  private Termination() {}

  /**
   * Handles signals from now on: called before there is anything to stop, so that none is missed. A
   * signal during the start ends the process.
   */
  public static Termination listen() {
    Termination termination = new Termination();
    try {
      for (String signal : SIGNALS) {
        termination.handle(signal);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java has no signals", e);
    }
    return termination;
  }

  /**
   * Stops the node before the process exits, from now on.
   *
   * @param stop returns whether all went well; if not, the exit code is 1
   */
  public void stopWith(BooleanSupplier stop) {
    this.stop = stop;
  }

  /**
   * Uses the class by name, since the compiler warns of it, and there is no other way to handle a
   * signal.
   */
  private void handle(String name) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object end =
        Proxy.newProxyInstance(
            handler.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) -> method.getName().equals("handle") ? end() : null);
    try {
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), end);
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof IllegalArgumentException)) { // Windows knows no HUP
        throw e;
      }
    }
  }

  /**
   * A second signal waits for the first. Handlers of signals are daemons, and all other threads may
   * end while the node stops: this one keeps the process alive until it has.
   */
  private synchronized @Nullable Object end() {
    Thread stopping = new Thread(this::stopAndExit, "stop");
    stopping.setDaemon(false);
    stopping.start();
    Uninterruptibles.joinUninterruptibly(stopping);
    return null;
  }

  private void stopAndExit() {
    BooleanSupplier started = stop;
    if (started == null) {
      System.exit(TERMINATED);
    } else if (started.getAsBoolean()) {
      System.exit(NodeCommand.OK);
    }
    Runtime.getRuntime().halt(1); // a part that hangs may block the exit as well
  }
}
