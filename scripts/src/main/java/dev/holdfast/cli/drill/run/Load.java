package dev.holdfast.cli.drill.run;

import dev.holdfast.cli.drill.workload.BatchRequests;
import dev.holdfast.cli.drill.workload.RandomRequests;
import dev.holdfast.cli.drill.workload.RandomRequests.Mix;
import dev.holdfast.cli.drill.workload.RecordedCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The callers of a drill, a thread each. The seed decides what they ask for. */
final class Load {
  /** Client of the calls that open and close the drill. */
  static final int DIRECTOR = 0;

  private static final long POLL_MILLIS = 20;

  private final DrillPlan plan;
  private final DrillStores stores;
  private final RecordedCalls calls;
  private final LongAdder operations;
  private final List<Future<?>> running = new ArrayList<>();
  private final SmallGroups groups;
  private volatile boolean stopped;

  Load(DrillPlan plan, DrillStores stores, RecordedCalls calls, LongAdder operations) {
    this.plan = plan;
    this.stores = stores;
    this.calls = calls;
    this.operations = operations;
    this.groups = new SmallGroups(random(DIRECTOR), stores);
  }

  void start() {
    int threads = plan.clients() + SmallGroups.CLIENTS;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    for (int client = 1; client <= plan.clients(); client++) {
      int number = client;
      boolean batching = client <= plan.batching();
      running.add(executor.submit(() -> guarded(() -> call(number, batching))));
    }
    for (int i = 1; i <= SmallGroups.CLIENTS; i++) {
      int number = plan.clients() + i;
      running.add(
          executor.submit(() -> guarded(() -> groups.call(caller(number), this::isStopped))));
    }
    executor.shutdown();
  }

  private interface Task {
    void run() throws InterruptedException;
  }

  /** One caller less would be a weaker drill that nobody notices: all stop. */
  private Object guarded(Task task) throws InterruptedException {
    try {
      task.run();
      return this;
    } catch (RuntimeException | Error e) {
      stopped = true;
      throw e;
    }
  }

  private boolean isStopped() {
    return stopped;
  }

  /** The number of small groups of calls so far. */
  int groups() {
    return groups.count();
  }

  /** Waits for the end of the time, or of a caller. */
  void awaitEnd(long endNanos) throws InterruptedException {
    while (!stopped && System.nanoTime() - endNanos < 0) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** Lets the calls in flight end. Throws when a caller failed by itself. */
  void stop() throws InterruptedException {
    stopped = true;
    for (Future<?> each : running) {
      try {
        each.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a caller failed", e.getCause());
      }
    }
  }

  private Random random(int client) {
    return new Random(plan.seed() * 1_000_003 + client);
  }

  private Caller caller(int client) {
    return new Caller(client, random(-client), calls, operations);
  }

  private void call(int client, boolean batching) {
    Caller caller = caller(client);
    if (batching) {
      BatchRequests batches = new BatchRequests(random(client), stores.bulk(client));
      while (!stopped) {
        caller.call(batches.next(), token -> {});
      }
      return;
    }
    RandomRequests requests =
        new RandomRequests(random(client), Mix.EVERYTHING, stores.mixed(client));
    while (!stopped) {
      caller.call(caller.lateNowAndThen(requests.next()), requests::learnToken);
    }
  }
}
