package dev.holdfast.deploy.planted;

import com.google.common.base.Splitter;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Compiles one file at a time; remembers the class path of each module, which takes long to read.
 */
final class PlantedCompiler {
  private static final List<String> OPTIONS =
      List.of("-proc:none", "-nowarn", "-Xlint:none", "--release", "17", "-parameters");

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final Map<String, StandardJavaFileManager> filesOfModules = new HashMap<>();
  private final ModuleClassPath classPath;

  PlantedCompiler(ModuleClassPath classPath) {
    this.classPath = classPath;
  }

  /** Returns what the compiler does not like; empty when the file compiles. */
  synchronized String compile(String module, Path source, Path classes) throws IOException {
    StandardJavaFileManager files = files(module);
    files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
    StringWriter errors = new StringWriter();
    boolean compiles =
        compiler
            .getTask(errors, files, null, OPTIONS, null, files.getJavaFileObjects(source))
            .call();
    return compiles ? "" : "does not compile: " + errors;
  }

  private StandardJavaFileManager files(String module) throws IOException {
    StandardJavaFileManager known = filesOfModules.get(module);
    if (known != null) {
      return known;
    }
    StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
    Collection<Path> paths =
        Splitter.on(File.pathSeparatorChar)
            .splitToStream(
                classPath.of(module) + File.pathSeparator + System.getProperty("java.class.path"))
            .filter(path -> !path.isEmpty())
            .map(Path::of)
            .toList();
    files.setLocationFromPaths(StandardLocation.CLASS_PATH, paths);
    filesOfModules.put(module, files);
    return files;
  }
}
