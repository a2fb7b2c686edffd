package dev.holdfast.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.holdfast.common.client.ClientSettings;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.tls.TlsFileException;
import dev.holdfast.common.tls.TlsFiles;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The commands and programs of docs/CLIENTS.md do as printed: against a fresh cluster of processes,
 * while the leader is killed, and, without certificates, when an answer is lost. A language that is
 * not on this machine is skipped; with {@code -Dsystem.tests=required} that is a failure.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClientExamplesIT {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Path LIBRARIES = Path.of("target/client-libraries").toAbsolutePath();
  private static final int PORT_BASE = 18_900;
  private static final int SECONDS_MAX = 240;
  private static final long UNITS = 5;
  private static final String TOLD_AGAIN = " (told again)";

  @TempDir static Path temporary;

  private static final Set<ClientLanguage> PREPARED = EnumSet.noneOf(ClientLanguage.class);
  private static DocumentBlocks document;
  private static boolean secure;

  @BeforeAll
  static void start() throws Exception {
    document = DocumentBlocks.of(HOME.resolve("docs/CLIENTS.md"));
    cluster("up --without-aggregator --partitions 1 --port-base " + PORT_BASE);
    secure = true;
  }

  @AfterAll
  static void stop() throws Exception {
    cluster("down");
    cluster("wipe --all");
  }

  @Test
  @Order(1)
  void shouldKnowEveryBlock() {
    assertThat(document.names())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of("output"), ClientLanguage.allBlocks()).toList());
  }

  @ParameterizedTest
  @EnumSource
  @Order(2)
  void shouldPrintWhatTheDocumentSays(ClientLanguage language) throws Exception {
    prepare(language);

    String printed = end(begin(language, document.text(language.run()), nodes()));

    assertThat(printed).endsWith(document.text("output"));
  }

  @Test
  @Order(3)
  void shouldRideOutTheLossOfTheLeader() throws Exception {
    for (ClientLanguage language : PREPARED) {
      createItem(language, "-failover");
    }
    Map<ClientLanguage, Running> programs = new LinkedHashMap<>();
    for (ClientLanguage language : PREPARED) {
      programs.put(language, begin(language, program(language, "-failover"), nodes()));
    }

    cluster("kill node-a");

    String expected = document.text("output").replace(TOLD_AGAIN, "");
    for (Map.Entry<ClientLanguage, Running> program : programs.entrySet()) {
      assertThat(end(program.getValue()).replace(TOLD_AGAIN, ""))
          .as(program.getKey().id())
          .isEqualTo(expected);
    }
  }

  @Test
  @Order(4)
  void shouldServeInTheClearWhenTold() throws Exception {
    cluster("down");

    cluster("up --insecure");
    secure = false;

    createItem(ClientLanguage.JAVA, "-open");
  }

  /** The client for Java does this by itself; its own tests show it. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JAVA")
  @Order(5)
  void shouldHearAgainWhatALostAnswerSaid(ClientLanguage language) throws Exception {
    prepare(language);
    createItem(language, "-lost");

    String printed;
    try (AnswerLoser proxy = AnswerLoser.before(PORT_BASE + 1, "/reserve")) {
      printed = end(begin(language, program(language, "-lost"), proxy.address()));
      assertThat(proxy.hasLostOne()).isTrue();
    }

    String held = document.text("output").lines().findFirst().orElseThrow();
    assertThat(printed).isEqualTo(document.text("output").replace(held, held + TOLD_AGAIN));
  }

  private static void prepare(ClientLanguage language) throws Exception {
    requireHere(language);
    if (PREPARED.add(language)) {
      Files.createDirectories(place(language));
      Files.createSymbolicLink(place(language).resolve("scripts"), HOME.resolve("scripts"));
      Files.writeString(
          place(language).resolve(language.program()), document.text(language.program()));
      end(begin(language, document.text(language.stubs()), nodes()));
    }
  }

  private static void requireHere(ClientLanguage language) throws Exception {
    Files.createDirectories(place(language));
    Running check = launch(language, language.check(), nodes());
    if (check.process.waitFor() == 0) {
      return;
    }
    String reason =
        "%s is not on this machine; scripts/check/ensure-client-languages installs it: %s"
            .formatted(language.id(), Files.readString(check.output));
    if ("required".equals(System.getProperty("system.tests"))) {
      fail(reason);
    }
    abort(reason);
  }

  private static Path place(ClientLanguage language) {
    return temporary.resolve(language.id());
  }

  /** The last line of what the document says to run, for another item and other orders. */
  private static String program(ClientLanguage language, String suffix) {
    String last =
        document.text(language.run()).lines().reduce((before, line) -> line).orElseThrow();
    return last.replace(item(language), item(language) + suffix)
        .replace("order-" + language.id(), "order-" + language.id() + suffix);
  }

  private static String item(ClientLanguage language) {
    return "tea-" + language.id();
  }

  private static void createItem(ClientLanguage language, String suffix) throws Exception {
    CreateItemRequest request =
        CreateItemRequest.newBuilder()
            .setStore("berlin")
            .setSku(item(language) + suffix)
            .setInitialQuantity(UNITS)
            .build();
    try (HoldfastClient client = HoldfastClient.connect(settings())) {
      client.createItem(request).join();
    }
  }

  private static ClientSettings settings() throws TlsFileException {
    ClientSettings open = ClientSettings.at(List.of(nodes().split(",")));
    Path admin = certificates().resolve("user.admin.crt");
    Path key = certificates().resolve("user.admin.key");
    Path authorities = certificates().resolve("ca.crt");
    return secure ? open.withTls(new TlsFiles(admin, key, authorities, null)) : open;
  }

  private static Path certificates() {
    return temporary.resolve("cluster/certs");
  }

  private static String nodes() {
    return Stream.of(1, 2, 3)
        .map(place -> "127.0.0.1:" + (PORT_BASE + place))
        .collect(Collectors.joining(","));
  }

  private static void cluster(String arguments) throws Exception {
    String command =
        "scripts/cluster %s --dir '%s'".formatted(arguments, temporary.resolve("cluster"));
    end(launch(HOME, command, Map.of()));
  }

  private record Running(String command, Process process, Path output, Path errors) {}

  private static Running begin(ClientLanguage language, String commands, String nodes)
      throws IOException {
    return launch(language, "set -euo pipefail\n" + language.standIns() + commands, nodes);
  }

  private static Running launch(ClientLanguage language, String commands, String nodes)
      throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("HOLDFAST_ENDPOINT", nodes);
    environment.put("NODE_LIBRARIES", LIBRARIES + "/node_modules");
    if (secure) {
      environment.put("HOLDFAST_CERTS", certificates().toString());
    }
    return launch(place(language), commands, environment);
  }

  private static Running launch(Path place, String commands, Map<String, String> environment)
      throws IOException {
    Path output = Files.createTempFile(temporary, "output", ".txt");
    Path errors = Files.createTempFile(temporary, "errors", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", commands)
            .directory(place.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().putAll(environment);
    return new Running(commands, builder.start(), output, errors);
  }

  /** What it printed; fails with that when its exit code is not 0. */
  private static String end(Running running) throws Exception {
    boolean ended = running.process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
    if (!ended) {
      running.process.descendants().forEach(ProcessHandle::destroyForcibly);
      running.process.destroyForcibly().waitFor();
    }
    String printed = Files.readString(running.output, UTF_8);
    String story =
        "%s%nprinted %s%n%s"
            .formatted(running.command, printed, Files.readString(running.errors, UTF_8));
    assertThat(ended).as("ends in time: %s", story).isTrue();
    assertThat(running.process.exitValue()).as(story).isZero();
    return printed;
  }
}
