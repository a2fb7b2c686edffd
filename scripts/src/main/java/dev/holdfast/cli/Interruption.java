package dev.holdfast.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ctrl-C: stops the running command and gives it a few seconds to end cleanly. */
public final class Interruption implements AutoCloseable {
  private static final int END_SECONDS_MAX = 10;

  private final Thread hook = new Thread(this::interrupt, "interruption");
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean requested;
  private volatile @Nullable Runnable stop;

  private Interruption() {}

  public static Interruption watch() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  public boolean isRequested() {
    return requested;
  }

  /** Sets the action for Ctrl-C; runs it at once if Ctrl-C came before. */
  public void onRequest(Runnable action) {
    stop = action;
    if (requested) {
      action.run();
    }
  }

  private void interrupt() {
    requested = true;
    Runnable action = stop;
    if (action != null) {
      action.run();
    }
    try {
      if (!ended.await(END_SECONDS_MAX, TimeUnit.SECONDS)) {
        System.err.println("gave up waiting for the last answers");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    if (!requested) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
