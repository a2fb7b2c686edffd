package dev.holdfast.common.domain;

/**
 * Account of one SKU of a transfer. No number is negative, nor is the outstanding rest.
 *
 * @param shipped units that left the source
 * @param received units that the destination has
 * @param lost units that were lost on the way
 * @param cancelled units that came back to the source
 * @param arriving units handed over to the destination, which has not acknowledged them yet
 */
public record TransferLine(
    String sku, long shipped, long received, long lost, long cancelled, long arriving) {
  public TransferLine {
    if (received < 0
        || lost < 0
        || cancelled < 0
        || arriving < 0
        || shipped < 1
        || shipped > StockLevel.QUANTITY_MAX
        || received > shipped
        || lost > shipped
        || cancelled > shipped
        || arriving > shipped
        || received + lost + cancelled + arriving > shipped) {
      throw new IllegalArgumentException(
          "impossible line: of %d shipped, %d received, %d lost, %d cancelled, %d arriving"
              .formatted(shipped, received, lost, cancelled, arriving));
    }
  }

  /** Of units that just left. */
  public static TransferLine shipped(String sku, long quantity) {
    return new TransferLine(sku, quantity, 0, 0, 0, 0);
  }

  /** Units that can still be received, lost or cancelled. */
  public long outstanding() {
    return shipped - received - lost - cancelled - arriving;
  }

  /** Units that are neither here nor there. */
  public long inTransit() {
    return outstanding() + arriving;
  }

  /** The line after units were handed over, and others lost. */
  public TransferLine handedOver(long quantity, long lostMore) {
    return new TransferLine(
        sku, shipped, received, lost + lostMore, cancelled, arriving + quantity);
  }

  /** The line after the destination acknowledged units. */
  public TransferLine arrived(long quantity) {
    return new TransferLine(
        sku, shipped, received + quantity, lost, cancelled, arriving - quantity);
  }

  /** The line after the destination could not take units: they are outstanding again. */
  public TransferLine turnedBack(long quantity) {
    return new TransferLine(sku, shipped, received, lost, cancelled, arriving - quantity);
  }

  /** The line after all that was outstanding came back. */
  public TransferLine cancelledRest() {
    return new TransferLine(sku, shipped, received, lost, cancelled + outstanding(), arriving);
  }
}
