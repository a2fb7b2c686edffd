package dev.holdfast.deploy.planted;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Class paths of the tests of each module, without their jars when nobody wrote these down. */
record ModuleClassPath(Path project) {
  /** What {@code scripts/check/planted-bugs} writes. */
  private static final String JARS = "target/test-class-path.txt";

  String of(String module) throws IOException {
    Path home = project.resolve(module);
    Path jars = home.resolve(JARS);
    return String.join(
        File.pathSeparator,
        home.resolve("target/test-classes").toString(),
        home.resolve("target/classes").toString(),
        Files.exists(jars) ? Files.readString(jars).strip() : "");
  }
}
