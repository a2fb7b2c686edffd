package dev.holdfast.cli.reservation;

import picocli.CommandLine.Parameters;

/** The reservation that a command is about: its first two words. */
final class ReservationArguments {
  @Parameters(index = "0", paramLabel = "STORE", description = "the store")
  private String store = "";

  @Parameters(index = "1", paramLabel = "ID", description = "the reservation's id")
  private String id = "";

  String store() {
    return store;
  }

  String id() {
    return id;
  }
}
