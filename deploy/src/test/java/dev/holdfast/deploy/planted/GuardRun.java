package dev.holdfast.deploy.planted;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs test classes, or one method of a class, in a process of its own; ends with the first that
 * fails.
 */
final class GuardRun {
  static final int PASSED = 0;
  static final int FAILED = 10;
  static final int NO_TEST = 11;

  /** Begins the line that names the test that failed. */
  static final String FAILURE = "FAILED ";

  private GuardRun() {}

  /**
   * Runs the tests and ends the process.
   *
   * @param args tests as {@code package.Class} or {@code package.Class#method}
   */
  public static void main(String[] args) throws ClassNotFoundException {
    List<DiscoverySelector> tests = new ArrayList<>();
    for (String arg : args) {
      tests.addAll(selectors(arg));
    }
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(tests)
            .configurationParameter(
                "jqwik.database", System.getProperty("java.io.tmpdir") + "/jqwik")
            .configurationParameter("jqwik.reporting.onlyfailures", "true")
            .build();
    AtomicInteger passed = new AtomicInteger();
    LauncherFactory.create().execute(request, new FirstFailure(passed));
    end(passed.get() == 0 ? NO_TEST : PASSED);
  }

  private static List<DiscoverySelector> selectors(String test) throws ClassNotFoundException {
    String[] parts = test.split("#", 2);
    Class<?> type = Class.forName(parts[0], false, GuardRun.class.getClassLoader());
    if (parts.length == 1) {
      return List.of(selectClass(type));
    }
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.getName().equals(parts[1]))
        .<DiscoverySelector>map(method -> selectMethod(type, method))
        .toList();
  }

  /** Threads that a broken test leaves behind must not keep the process. */
  private static void end(int code) {
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }

  private record FirstFailure(AtomicInteger passed) implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
        result.getThrowable().ifPresent(Throwable::printStackTrace);
        System.out.println(FAILURE + name(test));
        end(FAILED);
      } else if (test.isTest()) {
        passed.incrementAndGet();
      }
    }

    private static String name(TestIdentifier test) {
      return test.getSource()
          .filter(MethodSource.class::isInstance)
          .map(MethodSource.class::cast)
          .map(source -> source.getJavaClass().getSimpleName() + "#" + source.getMethodName())
          .orElse(test.getDisplayName());
    }
  }
}
