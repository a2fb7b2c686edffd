package dev.holdfast.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An output whose loss ends the command. A PrintWriter above it would swallow an IOException, so it
 * throws a {@link LostOutputException}, and throws it again at every later use.
 */
final class CheckedOutput extends FilterOutputStream {
  private @Nullable IOException loss;

  CheckedOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int octet) {
    checked(() -> out.write(octet));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    checked(() -> out.write(bytes, offset, length));
  }

  @Override
  public void flush() {
    checked(out::flush);
  }

  private void checked(Step step) {
    try {
      if (loss == null) {
        step.run();
      }
    } catch (IOException e) {
      loss = e;
    }
    if (loss != null) {
      throw new LostOutputException(loss);
    }
  }

  private interface Step {
    void run() throws IOException;
  }
}
