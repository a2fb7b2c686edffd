package dev.holdfast.store.state;

/** The state can not be read or written, or is not what it must be. The partition stops here. */
public class StateFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StateFault(String message, Throwable cause) {
    super(message, cause);
  }

  public StateFault(String message) {
    super(message);
  }
}
