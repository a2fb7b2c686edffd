package dev.holdfast.common.access;

import java.util.List;
import java.util.stream.Stream;

/** Callers with grants of choice. */
final class Callers {
  private Callers() {}

  static Caller of(String principal, String... grants) {
    Rights rights = Rights.of(Stream.of(grants).map(Grant::parse).toList());
    return new Caller(
        Principal.parse(principal).orElseThrow(), who -> rights, Rights.NONE, () -> null);
  }

  static Caller peer(String id) {
    Rights rights =
        Rights.of(List.of(new Grant(Role.VIEWER, Stores.ALL), new Grant(Role.PEER, Stores.ALL)));
    return new Caller(
        Principal.parse("node/" + id).orElseThrow(), who -> rights, Rights.NONE, () -> null);
  }
}
