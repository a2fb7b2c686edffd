package dev.holdfast.cli.drill.workload;

import dev.holdfast.cli.drill.workload.RandomRequests.Mix;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws what requests are made of, and remembers the names it has given. For one thread. */
final class Draw {
  private static final int RECENT = 4;

  private final Random random;
  private final Mix mix;
  private final Ground ground;
  private final List<Long> tokens = new ArrayList<>(List.of(1L));
  private int keys;
  private int reservations;
  private int transfers;

  Draw(Random random, Mix mix, Ground ground) {
    this.random = random;
    this.mix = mix;
    this.ground = ground;
  }

  /** 0 to bound - 1. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Whether one of so many times. */
  boolean once(int in) {
    return random.nextInt(in) == 0;
  }

  boolean coin() {
    return random.nextBoolean();
  }

  String store() {
    return ground.stores().get(below(ground.stores().size()));
  }

  List<String> stores() {
    return ground.stores();
  }

  String sku() {
    return ground.skus().get(below(ground.skus().size()));
  }

  List<String> skus() {
    return ground.skus();
  }

  boolean everything() {
    return mix == Mix.EVERYTHING;
  }

  String key() {
    return ground.prefix() + "key-" + ++keys;
  }

  String newReservation() {
    return ground.prefix() + "r" + reservations++;
  }

  String recentReservation() {
    return ground.prefix() + "r" + Math.max(0, reservations - 1 - below(RECENT));
  }

  String newTransfer() {
    return ground.prefix() + "t" + transfers++;
  }

  String recentTransfer() {
    return ground.prefix() + "t" + Math.max(0, transfers - 1 - below(RECENT));
  }

  /** A time of 1 to so many milliseconds, at a pace of 1. */
  int millis(int max) {
    return ground.pace() * (1 + below(max));
  }

  long reservationTtlMillis() {
    return mix == Mix.WITHOUT_EXPIRY || once(4) ? ground.lastingTtlMillis() : millis(60);
  }

  void learnToken(long token) {
    tokens.add(token);
  }

  long anyToken() {
    return tokens.get(below(tokens.size()));
  }

  long recentToken() {
    return tokens.get(tokens.size() - 1 - below(Math.min(2, tokens.size())));
  }
}
