package dev.holdfast.deploy.faults;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.holdfast.deploy.cluster.NodeContainer;
import java.time.Duration;

/** Actions on a node, whatever else has struck it: a second fault may find it dead or frozen. */
final class NodeActions {
  private static final Duration STOP_TIME_MAX = Duration.ofSeconds(40);

  private NodeActions() {}

  static void kill(NodeContainer node) {
    unpause(node);
    act(node::killHard);
  }

  static void terminate(NodeContainer node) {
    unpause(node);
    act(() -> node.terminate(STOP_TIME_MAX));
  }

  /** SIGTERM, and waits for nothing. */
  static void terminateSoon(NodeContainer node) {
    unpause(node);
    act(() -> node.signal("TERM"));
  }

  /** SIGTERM, and a start once it has ended. */
  static void restart(NodeContainer node) {
    terminate(node);
    start(node);
  }

  static void start(NodeContainer node) {
    if (!node.isRunning()) {
      act(node::startAgain);
    }
  }

  static void pause(NodeContainer node) {
    if (node.isRunning() && !node.isPaused()) {
      act(node::pause);
    }
  }

  static void unpause(NodeContainer node) {
    if (node.isPaused()) {
      act(node::unpause);
    }
  }

  static void stopSignal(NodeContainer node) {
    act(() -> node.signal("STOP"));
  }

  static void continueSignal(NodeContainer node) {
    act(() -> node.signal("CONT"));
  }

  static void cutOff(NodeContainer node) {
    if (node.isAttached()) {
      node.cutOff();
    }
  }

  static void attach(NodeContainer node) {
    if (!node.isAttached()) {
      node.heal();
    }
  }

  /** Docker refuses what is done already, or what the container's state does not allow. */
  private static void act(Runnable action) {
    try {
      action.run();
    } catch (ConflictException | NotModifiedException anotherFaultWasFaster) {
      return;
    }
  }
}
