package dev.holdfast.common.domain;

/**
 * Progress of a partition with its hand-overs to another one. Those behind settled, up to last, are
 * on their way.
 *
 * @param last number given last, 0 before the first
 * @param settled all up to this number are acknowledged
 * @param receivedUnits units that the other partition ever credited, as far as this one knows
 */
public record OutboundChannel(long last, long settled, long receivedUnits) {
  /** Before the first hand-over. */
  public static final OutboundChannel NONE = new OutboundChannel(0, 0, 0);

  public OutboundChannel {
    if (settled < 0 || settled > last) {
      throw new IllegalArgumentException("impossible channel: " + settled + " of " + last);
    }
  }

  public OutboundChannel withOneMore() {
    return new OutboundChannel(last + 1, settled, receivedUnits);
  }

  /** After the next one was acknowledged: with its units, or none when it was refused. */
  public OutboundChannel withNextSettled(long units) {
    return new OutboundChannel(last, settled + 1, receivedUnits + units);
  }
}
