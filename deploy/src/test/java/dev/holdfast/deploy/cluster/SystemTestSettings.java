package dev.holdfast.deploy.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * What the build found out for the system tests.
 *
 * @param image to run
 * @param skipped why there is none; empty when there is
 * @param labels that everything a test makes in Docker must carry, so that it can be swept
 */
public record SystemTestSettings(String image, String skipped, Map<String, String> labels) {
  public static SystemTestSettings load() {
    String file = System.getProperty("systemtest.properties");
    return file == null
        ? new SystemTestSettings("", "there is no image: run them with mvn verify", Map.of())
        : of(read(Path.of(file)));
  }

  private static SystemTestSettings of(Properties found) {
    return new SystemTestSettings(
        found.getProperty("systemtest.image", ""),
        found.getProperty("systemtest.skipped", ""),
        Map.of(
            found.getProperty("systemtest.label.name"),
            found.getProperty("systemtest.label.value")));
  }

  private static Properties read(Path file) {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
