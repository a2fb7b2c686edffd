package dev.holdfast.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One run of a shell script, in which "$@" is the command line as a process of its own. */
record ShellRun(int code, String err) {
  static ShellRun of(String script, String... arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("bash", "-c", script, "bash"));
    words.addAll(List.of(System.getProperty("java.home") + "/bin/java", "-cp"));
    words.addAll(List.of(System.getProperty("java.class.path"), Holdfast.class.getName()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words);
    List.of("LC_ALL", "LC_CTYPE", "LANG").forEach(builder.environment()::remove);
    Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new ShellRun(process.waitFor(), err);
  }
}
