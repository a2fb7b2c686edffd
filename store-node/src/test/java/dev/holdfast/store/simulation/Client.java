package dev.holdfast.store.simulation;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.Reply;
import dev.holdfast.store.decide.HeldBack;
import dev.holdfast.store.testing.Requests;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A caller: one call at a time, again with the same keys until it knows what came of it. */
final class Client {
  private static final int ATTEMPTS_MAX = 12;
  private static final int COMMANDS_MAX = 3;

  /** A command as a caller may ask it again later. */
  private record Asked(Command command, String key, String principal) {}

  private final int number;
  private final Cluster cluster;
  private final List<Asked> asked = new ArrayList<>();
  private int calls;
  private @Nullable Call call;

  Client(int number, Cluster cluster) {
    this.number = number;
    this.cluster = cluster;
  }

  boolean isIdle() {
    return call == null;
  }

  void step(boolean startsNew) {
    if (call == null) {
      if (startsNew) {
        int partition = cluster.chance().below(Cluster.PARTITIONS);
        List<Operation> operations = new ArrayList<>();
        int commands = cluster.chance().percent(75) ? 1 : cluster.chance().between(2, COMMANDS_MAX);
        for (int i = 0; i < commands; i++) {
          operations.add(operation(partition, i));
        }
        begin(partition, operations);
      }
    } else {
      call.goOn();
    }
  }

  /** Asks for something, and stays with it until it is done. */
  void ask(int partition, List<Command> commands) {
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      operations.add(new Operation(commands.get(i), key(i), "alice", i, List.of()));
    }
    begin(partition, operations);
  }

  private void begin(int partition, List<Operation> operations) {
    calls++;
    call = new Call(partition, operations);
    call.attempt();
  }

  private String key(int index) {
    return "k" + number + "." + calls + "." + index;
  }

  private Operation operation(int partition, int index) {
    Chance chance = cluster.chance();
    Command command = cluster.mix().next(partition);
    String principal = chance.percent(70) ? "alice" : "bob";
    String key = chance.percent(80) ? key(index) : "";
    if (!asked.isEmpty() && chance.percent(12)) {
      Asked before = chance.of(asked);
      boolean here =
          CommandMix.STORES.get(partition).contains(((Command.Mutation) before.command()).store());
      if (here) {
        command = chance.percent(70) ? before.command() : command;
        return new Operation(
            command, before.key(), before.principal(), index, cluster.mix().tokens(command));
      }
    }
    if (!key.isEmpty()) {
      asked.add(new Asked(command, key, principal));
    }
    return new Operation(command, key, principal, index, cluster.mix().tokens(command));
  }

  /** One command of a call. */
  private final class Operation {
    private final Command command;
    private final String key;
    private final String principal;
    private final String reference;
    private final List<Long> tokens;
    private long begunAfter;
    private long sequence;
    private @Nullable RecordedEvent answer;
    private boolean over;

    Operation(Command command, String key, String principal, int index, List<Long> tokens) {
      this.command = command;
      this.key = key;
      this.principal = principal;
      this.reference = "o" + number + "." + calls + "." + index;
      this.tokens = tokens;
    }

    CommandRequest request(int attempt) {
      Origin origin = new Origin(reference + "." + attempt, principal);
      long fingerprint = Requests.of(command, key, origin).fingerprint();
      return new CommandRequest(command, origin, reference, key, fingerprint, tokens);
    }

    /** Whatever is answered first remains the answer, as long as its receipt is kept. */
    void answered(Witness witness, long at, RecordedEvent event) {
      if (Witness.isTransient(event) && at < begunAfter) {
        throw new AssertionError(
            reference + " began after " + begunAfter + " and was refused by what was at " + at);
      }
      if (Witness.isTransient(event)) {
        over = true;
        return;
      }
      if (event.reference().equals(reference) && at <= begunAfter) {
        throw new AssertionError(
            reference + " began after " + begunAfter + " and was answered at " + at);
      }
      if (answer != null
          && !answer.equals(event)
          && witness.state().evictedThrough() < Math.min(at, sequence)) {
        throw new AssertionError(reference + " had the answer " + answer + " and now " + event);
      }
      answer = event;
      sequence = at;
      over = true;
    }
  }

  private final class Call {
    private final int partition;
    private final List<Operation> operations;
    private int attempts;
    private int awaited;
    private long deadline;

    Call(int partition, List<Operation> operations) {
      this.partition = partition;
      this.operations = operations;
      long acknowledged = cluster.acknowledged(partition);
      operations.forEach(each -> each.begunAfter = acknowledged);
    }

    void goOn() {
      if (operations.stream().allMatch(each -> each.over)) {
        call = null;
      } else if (awaited == 0) {
        attempt();
      } else if (cluster.passedMillis() > deadline) {
        operations.stream().filter(each -> each.key.isEmpty()).forEach(each -> each.over = true);
        attempt();
      }
    }

    private void attempt() {
      List<Operation> left = operations.stream().filter(each -> !each.over).toList();
      if (left.isEmpty()) {
        return;
      }
      if (attempts >= ATTEMPTS_MAX && !cluster.isHealed()) {
        left.forEach(each -> each.over = true);
        return;
      }
      attempts++;
      awaited = left.size();
      deadline =
          cluster.passedMillis() + cluster.chance().between(4, 100) * (long) Cluster.GRID_MILLIS;
      SimulatedReplica replica = cluster.likelyLeader(partition);
      Answers answers = new Answers(left, attempts);
      cluster.note(
          "client", number, "sends", left.get(0).reference, "to node", replica.node.number);
      if (!cluster.network().loses()) {
        cluster.network().send(() -> arrive(replica, answers));
      }
    }

    private void arrive(SimulatedReplica replica, Answers answers) {
      List<QueuedCommand> commands = new ArrayList<>();
      for (int i = 0; i < answers.operations.size(); i++) {
        CommandRequest request = answers.operations.get(i).request(answers.attempt);
        commands.add(new QueuedCommand(request, answers, i));
      }
      if (replica.node.isUp()) {
        cluster.strikes().on(replica.node, () -> replica.submit(commands));
      } else {
        commands.forEach(each -> answers.failed(each.index(), Reason.NO_LEADER, "not there"));
      }
    }

    /** What comes back of one attempt, unless it is lost. */
    private final class Answers implements Reply {
      private final List<Operation> operations;
      private final int attempt;
      private final @Nullable HeldBack heldBack;

      Answers(List<Operation> operations, int attempt) {
        this.operations = operations;
        this.attempt = attempt;
        this.heldBack = operations.size() > 1 ? new HeldBack() : null;
      }

      @Override
      public @Nullable HeldBack heldBack() {
        return heldBack;
      }

      @Override
      public void decided(int index, long sequence, RecordedEvent event) {
        back(
            () -> {
              operations.get(index).answered(cluster.witness(partition), sequence, event);
              cluster.acknowledge(partition, sequence);
              cluster.mix().learn(event);
            });
      }

      @Override
      public void failed(int index, Reason reason, String message) {
        Operation operation = operations.get(index);
        back(
            () -> {
              boolean unknown = reason == Reason.OUTCOME_UNKNOWN && operation.key.isEmpty();
              if (reason == Reason.IDEMPOTENCY_KEY_REUSED || unknown) {
                operation.over = true;
              }
            });
      }

      private void back(Runnable arrives) {
        if (!cluster.network().loses()) {
          cluster
              .network()
              .send(
                  () -> {
                    arrives.run();
                    awaited -= attempt == attempts ? 1 : 0;
                  });
        }
      }
    }
  }
}
