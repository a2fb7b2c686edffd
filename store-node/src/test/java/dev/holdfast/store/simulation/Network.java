package dev.holdfast.store.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Messages on their way: each arrives late, in any order. What is lost never gets here. */
final class Network {
  private static final int NODES = RaftGroup.MEMBERS;

  private final Chance chance;
  private final List<Runnable> onTheirWay = new ArrayList<>();
  private final boolean[][] cut = new boolean[NODES][NODES];
  private int lossPercent;

  Network(Chance chance, int lossPercent) {
    this.chance = chance;
    this.lossPercent = lossPercent;
  }

  /** Whether this message is lost. */
  boolean loses() {
    return chance.percent(lossPercent);
  }

  boolean isCut(int node, int other) {
    return cut[node][other];
  }

  /** Cuts the way between two nodes, or mends it. */
  void cut(int node, int other, boolean isCut) {
    cut[node][other] = isCut;
    cut[other][node] = isCut;
  }

  void heal() {
    lossPercent = 0;
    for (boolean[] row : cut) {
      Arrays.fill(row, false);
    }
  }

  void send(Runnable delivery) {
    onTheirWay.add(delivery);
  }

  boolean isEmpty() {
    return onTheirWay.isEmpty();
  }

  void deliver() {
    if (!onTheirWay.isEmpty()) {
      chance.take(onTheirWay).run();
    }
  }
}
