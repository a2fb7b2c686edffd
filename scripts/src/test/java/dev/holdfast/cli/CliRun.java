package dev.holdfast.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One run of the command line: its exit code and what it printed. */
public record CliRun(int code, String out, String err) {
  public static CliRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Session session = new Session(new PrintWriter(out), new PrintWriter(err));
    int code = Holdfast.commandLine(session).execute(arguments);
    session.out().flush();
    session.err().flush();
    return new CliRun(code, out.toString(), err.toString());
  }
}
