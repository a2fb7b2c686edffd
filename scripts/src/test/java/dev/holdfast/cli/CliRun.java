package dev.holdfast.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** One run of the command line: its exit code and what it printed. */
public record CliRun(int code, String out, String err) {
  public static CliRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Session session = new Session(new PrintWriter(out), new PrintWriter(err));
    int code = Holdfast.run(session, arguments);
    session.err().flush();
    return new CliRun(code, out.toString(), err.toString());
  }

  /** With an output that takes so many bytes and no more, as when its reader went away. */
  public static CliRun until(int bytesMax, String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CutOutput out = new CutOutput(bytesMax);
    int code = Holdfast.run(Session.of(out, err), arguments);
    return new CliRun(
        code, out.taken.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static final class CutOutput extends OutputStream {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final int bytesMax;

    CutOutput(int bytesMax) {
      this.bytesMax = bytesMax;
    }

    @Override
    public void write(int octet) throws IOException {
      if (taken.size() == bytesMax) {
        throw new IOException("Broken pipe");
      }
      taken.write(octet);
    }
  }
}
