package dev.holdfast.common.domain;

import java.util.List;
import java.util.stream.Stream;

/**
 * Progress of a partition with the hand-overs of another one: each number is taken once.
 *
 * @param last number taken last, 0 before the first
 * @param refused numbers that could not be credited, as far as the source may not know yet
 * @param creditedUnits units ever credited
 */
public record InboundChannel(long last, List<Long> refused, long creditedUnits) {
  /** Before the first hand-over. */
  public static final InboundChannel NONE = new InboundChannel(0, List.of(), 0);

  public InboundChannel {
    refused = List.copyOf(refused);
  }

  /** After the next one was credited; the source knows the fate of all up to a number. */
  public InboundChannel credited(long units, long settled) {
    return new InboundChannel(last + 1, unsettled(settled).toList(), creditedUnits + units);
  }

  /** After the next one was refused. */
  public InboundChannel refused(long settled) {
    List<Long> numbers = Stream.concat(unsettled(settled), Stream.of(last + 1)).toList();
    return new InboundChannel(last + 1, numbers, creditedUnits);
  }

  private Stream<Long> unsettled(long settled) {
    return refused.stream().filter(number -> number > settled);
  }
}
