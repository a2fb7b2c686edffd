package dev.holdfast.store.state.fault;

/** The stock records of this replica are not what they must be. */
public final class DigestFault extends StateFault {
  private static final long serialVersionUID = 1L;

  /**
   * @param where the place at which the two should be equal
   * @param expected what the log says
   * @param found what this replica has
   */
  public DigestFault(String where, Record expected, Record found) {
    super("the state differs from " + where + ": expected " + expected + ", found " + found);
  }
}
