package dev.holdfast.common.crypt;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a vault on threads of its own, and waits for a bounded time, whatever the vault does: who
 * asks may hold up the entries of a log.
 */
final class BoundedVault implements KeyVault {
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final int THREADS = 4;
  private static final int WAITING_MAX = 1_000;
  private static final int IDLE_SECONDS = 10;

  private final KeyVault vault;
  private final Duration patience;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING_MAX),
          task -> {
            Thread made = new Thread(task, "key-vault");
            made.setDaemon(true); // a vault that never answers must not keep the process
            return made;
          });

  BoundedVault(KeyVault vault, Duration patience) {
    this.vault = vault;
    this.patience = patience;
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public String primary() throws KeyException {
    return ask(vault::primary);
  }

  @Override
  public WrappedKey wrap(byte[] key) throws KeyException {
    return ask(() -> vault.wrap(key));
  }

  @Override
  public void refresh() throws KeyException {
    Object unused =
        ask(
            () -> {
              vault.refresh();
              return "";
            });
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped) throws KeyException {
    return ask(() -> vault.unwrap(wrapped));
  }

  private <T> T ask(Callable<T> question) throws KeyException {
    FutureTask<T> answer = new FutureTask<>(question);
    try {
      threads.execute(answer);
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KeyException problem
          ? problem
          : new KeyException("the master keys in " + vault + " failed: " + e.getCause(), e);
    } catch (TimeoutException | RejectedExecutionException e) {
      String late = "%s did not answer within %d s".formatted(vault, patience.toSeconds());
      throw KeyException.forNow(late, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw KeyException.forNow("nobody waited for " + vault, e);
    } finally {
      answer.cancel(true);
      threads.remove(answer);
    }
  }

  @Override
  public String toString() {
    return vault.toString();
  }
}
