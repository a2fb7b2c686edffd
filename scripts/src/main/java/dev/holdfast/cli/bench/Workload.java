package dev.holdfast.cli.bench;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;

/** The workloads, with their default number of calls in flight. Lower case, as typed. */
enum Workload {
  /** AdjustStock of random items. */
  single(ImmutableList.of(1, 64, 256, 1000)),
  /** SubmitBatch of {@link Items#BATCH} AdjustStock commands of random items. */
  batch(ImmutableList.of(64)),
  /** AdjustStock of one item. */
  hot(ImmutableList.of(256)),
  /** Linearizable GetStock of random items. */
  read(ImmutableList.of(256)),
  /** 70 % GetStock, 20 % AdjustStock, 10 % Reserve with its ConfirmReservation. */
  mixed(ImmutableList.of(256)),
  /** Reserve of a random item, then its ConfirmReservation: counted as one. */
  pair(ImmutableList.of(64, 256)),
  /** SubmitBatch of {@link Items#BATCH} / 2 such pairs of random items. */
  pairbatch(ImmutableList.of(64)),
  /** SubmitOrder of {@link Items#ORDER} adjustments of random items of one store. */
  order(ImmutableList.of(1));

  private final ImmutableList<Integer> inFlight;

  Workload(ImmutableList<Integer> inFlight) {
    this.inFlight = inFlight;
  }

  /** The number of operations in one call. */
  int operationsPerCall() {
    return switch (this) {
      case batch -> Items.BATCH;
      case pairbatch -> Items.BATCH / 2;
      case single, hot, read, mixed, pair, order -> 1;
    };
  }

  List<Integer> inFlight() {
    return inFlight;
  }

  static List<Workload> all() {
    return Arrays.asList(values());
  }
}
