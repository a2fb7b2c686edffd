package dev.holdfast.deploy.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Python caller understands answers as the Java client does. */
final class PythonOutcomesTest {
  private static final String PRINT_OUTCOMES =
      """
      import base64, sys
      from caller import CODES, Status, outcome
      for line in sys.stdin:
          status = Status.FromString(base64.b64decode(line))
          told, _ = outcome(CODES[status.code], status)
          print(told.get("undecided") or told["refused"] + " " + str(sorted(told["details"].items())))
      """;

  @TempDir static Path directory;

  private static PythonStubs stubs;

  @BeforeAll
  static void generate() throws Exception {
    assumeTrue(PythonStubs.areAvailable(), "scripts/check/ensure-client-languages installs gRPC");
    stubs = PythonStubs.generate(directory);
  }

  @Test
  void shouldTellOutcomesAsTheJavaClientDoes() throws Exception {
    List<com.google.rpc.Status> statuses = new ArrayList<>();
    for (Reason reason : Reason.values()) {
      statuses.add(Statuses.of(new Refusal(reason, "text", Map.of("b", "2", "a", "1"))));
    }
    for (Status.Code code : Status.Code.values()) {
      if (code != Status.Code.OK) {
        statuses.add(com.google.rpc.Status.newBuilder().setCode(code.value()).build());
        statuses.add(ofStranger(code));
        statuses.add(toAskLater(code));
      }
    }

    assertThat(python(PRINT_OUTCOMES, statuses)).isEqualTo(java(statuses));
  }

  /** The histories of both are compared by it. */
  @Test
  void shouldHaveTheClockOfJava() throws Exception {
    long before = System.nanoTime();
    String told = python("import time; print(time.monotonic_ns())", List.of()).get(0);
    long after = System.nanoTime();

    assertThat(Long.parseLong(told)).isBetween(before, after);
  }

  /** As from a proxy that has its own reasons. */
  private static com.google.rpc.Status ofStranger(Status.Code code) {
    ErrorInfo info = ErrorInfo.newBuilder().setDomain("proxy").setReason("VALIDATION").build();
    return com.google.rpc.Status.newBuilder()
        .setCode(code.value())
        .addDetails(Any.pack(info))
        .build();
  }

  private static com.google.rpc.Status toAskLater(Status.Code code) {
    RetryInfo retry = RetryInfo.newBuilder().setRetryDelay(Durations.fromSeconds(1)).build();
    return com.google.rpc.Status.newBuilder()
        .setCode(code.value())
        .addDetails(Any.pack(retry))
        .build();
  }

  private static List<String> java(List<com.google.rpc.Status> statuses) {
    return statuses.stream().map(status -> text(Outcome.of(status))).toList();
  }

  private static String text(Outcome outcome) {
    if (!(outcome instanceof Outcome.Refused refused)) {
      return outcome.toString();
    }
    String details =
        refused.details().entrySet().stream()
            .map(detail -> "('" + detail.getKey() + "', '" + detail.getValue() + "')")
            .collect(Collectors.joining(", ", "[", "]"));
    return refused.reason() + " " + details;
  }

  /** The lines that a program prints, which reads statuses. */
  private static List<String> python(String program, List<com.google.rpc.Status> statuses)
      throws IOException, InterruptedException {
    Path input = directory.resolve("statuses");
    Files.write(
        input,
        statuses.stream()
            .map(status -> Base64.getEncoder().encodeToString(status.toByteArray()))
            .toList());
    ProcessBuilder builder =
        new ProcessBuilder(PythonStubs.PYTHON, "-B", "-c", program)
            .redirectInput(input.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder
        .environment()
        .put("PYTHONPATH", stubs.directory() + ":" + Path.of("src/test/python").toAbsolutePath());
    Process process = builder.start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(process.waitFor()).isZero();
    return lines;
  }
}
