package dev.holdfast.cli.drill.run;

import com.google.protobuf.Message;
import dev.holdfast.cli.Await;
import dev.holdfast.cli.FailedException;
import dev.holdfast.cli.drill.history.EventLog;
import dev.holdfast.cli.drill.history.History;
import dev.holdfast.cli.drill.history.Recorder;
import dev.holdfast.cli.drill.model.Settings;
import dev.holdfast.cli.drill.workload.RecordedCalls;
import dev.holdfast.common.client.BrokenLogException;
import dev.holdfast.common.client.ClientSecurity;
import dev.holdfast.common.client.ClientSettings;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.client.RejectedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * A drill: calls a cluster in stores of its own while something disturbs it, records everything,
 * and checks it afterwards. Touches nothing else in the cluster. For one run.
 */
public final class Drill {
  /** Short, so that faults leave outcomes unknown. */
  private static final Duration HASTE = Duration.ofSeconds(1);

  /** Within this time after the last fault, a cluster serves again. */
  private static final Duration RETURN_MAX = Duration.ofSeconds(90);

  /** Reading the logs lasts through all faults. */
  private static final Duration FOR_EVER = Duration.ofDays(1);

  private static final long PULSE_SECONDS = 10;

  private final DrillPlan plan;
  private final ClientSecurity security;
  private final Consumer<String> progress;
  private final Timeline timeline = new Timeline();
  private final Recorder recorder = new Recorder();
  private final LongAdder operations = new LongAdder();
  private Duration patience = HASTE;

  /** Prepares a drill of nodes with {@code security.mode=off}. */
  public Drill(DrillPlan plan, Consumer<String> progress) {
    this(plan, ClientSecurity.OFF, progress);
  }

  /**
   * Prepares a drill.
   *
   * @param progress receives lines for people, on any thread
   */
  public Drill(DrillPlan plan, ClientSecurity security, Consumer<String> progress) {
    this.plan = plan;
    this.security = security;
    this.progress = progress;
  }

  /** Lets callers wait longer for an answer, where no fault should leave an outcome unknown. */
  public Drill withPatience(Duration limit) {
    patience = limit;
    return this;
  }

  /**
   * Runs it. Removes its stores afterwards, unless promises were broken: then they may help to find
   * out why.
   *
   * @throws FailedException when the cluster does not come back
   * @throws Exception that the disturbance threw
   */
  public DrillResult run(Disturbance disturbance) throws Exception {
    return run(disturbance, Companions.NONE);
  }

  /** Runs it with callers from elsewhere. */
  public DrillResult run(Disturbance disturbance, Companions companions) throws Exception {
    ClientSettings any = ClientSettings.at(plan.endpoints()).withSecurity(security);
    ClientSettings settings = plan.direct() ? any : any.withoutLeaderRouting();
    int partitions = partitions(settings);
    try (HoldfastClient patient = HoldfastClient.connect(settings.withBudget(RETURN_MAX));
        HoldfastClient hasty =
            HoldfastClient.connect(settings.withBudget(patience).withCallTimeout(patience));
        HoldfastClient follower = HoldfastClient.connect(settings.withBudget(FOR_EVER))) {
      var unused = Await.answer(patient.topology());
      DrillStores stores = DrillStores.over(patient, partitions, newId());
      Settings nodes =
          Settings.DEFAULT.calledBy(Await.answer(patient.access().whoAmI()).getPrincipal());
      try (DrillLogs logs = new DrillLogs(stores)) {
        logs.start(follower, partitions);
        return run(disturbance, new Cast(nodes, stores, logs, patient, hasty, companions));
      }
    }
  }

  /** With the patience of a usual call: a wrong address shows soon. */
  private static int partitions(ClientSettings settings) {
    try (HoldfastClient client = HoldfastClient.connect(settings)) {
      return Await.answer(client.topology()).getPartitionCount();
    }
  }

  private static String newId() {
    return Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), Character.MAX_RADIX);
  }

  private record Cast(
      Settings settings,
      DrillStores stores,
      DrillLogs logs,
      HoldfastClient patient,
      HoldfastClient hasty,
      Companions companions) {}

  private DrillResult run(Disturbance disturbance, Cast cast) throws Exception {
    RecordedCalls calls = new RecordedCalls(recorder, cast.patient);
    long begin = System.nanoTime();
    progress.accept("stores " + cast.stores.prefix() + "* in all partitions");
    send(cast.stores.opening(), calls);
    int groups = load(disturbance, cast);
    Verdict verdict = verdict(cast, groups, calls);
    if (verdict.findings().isEmpty()) {
      progress.accept("everything held; removing the stores");
      Removal.of(cast.patient, cast.stores.all())
          .forEach(what -> progress.accept("not removed: " + what));
    } else {
      progress.accept("not removed, to be looked at: stores " + cast.stores.prefix() + "*");
    }
    return new DrillResult(
        plan,
        cast.settings,
        verdict.history(),
        verdict.log(),
        timeline.phases(),
        operations.sum(),
        begin,
        verdict.findings());
  }

  private Verdict verdict(Cast cast, int groups, RecordedCalls calls) throws InterruptedException {
    EventLog log;
    try {
      Settlement.await(cast.patient, cast.stores.all(), RETURN_MAX);
      send(cast.stores.closing(groups), calls);
      log = cast.logs.readToHeads(cast.patient, RETURN_MAX);
    } catch (HoldfastException e) {
      throw new FailedException("the cluster did not come back: " + e.getMessage(), e);
    } catch (BrokenLogException e) {
      return Verdict.ofBrokenLog(recorder.history(), e);
    }
    progress.accept("checking " + operations.sum() + " operations");
    return Verdict.of(plan, cast.settings, cast.stores, recorder.history(), log);
  }

  /** Sends requests at once and waits for their answers; what is refused is recorded, too. */
  private void send(List<Message> requests, RecordedCalls calls) {
    List<? extends CompletableFuture<? extends Message>> sent =
        requests.stream().map(request -> calls.send(Load.DIRECTOR, request)).toList();
    operations.add(requests.size());
    for (CompletableFuture<?> each : sent) {
      try {
        each.join();
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof RejectedException)) {
          throw HoldfastException.from(e);
        }
      }
    }
  }

  /** Calls until the disturbance is over; tells how many small groups of calls there were. */
  private int load(Disturbance disturbance, Cast cast) throws Exception {
    Load load = new Load(plan, cast.stores, new RecordedCalls(recorder, cast.hasty), operations);
    ScheduledExecutorService pulse = Executors.newSingleThreadScheduledExecutor();
    long end = System.nanoTime() + plan.time().toNanos();
    try {
      var unused =
          pulse.scheduleAtFixedRate(
              () -> progress.accept(operations.sum() + " operations"),
              PULSE_SECONDS,
              PULSE_SECONDS,
              TimeUnit.SECONDS);
      load.start();
      cast.companions.start(
          cast.stores.prefix() + "companion-", cast.stores.shared(), DrillStores.SKUS);
      disturbance.strike(timeline);
      load.awaitEnd(end);
    } finally {
      pulse.shutdownNow();
      stop(load, cast.companions);
    }
    return load.groups();
  }

  private void stop(Load load, Companions companions) throws Exception {
    try {
      load.stop();
    } finally {
      History others = companions.stop();
      recorder.add(others);
      operations.add(others.size());
    }
  }
}
