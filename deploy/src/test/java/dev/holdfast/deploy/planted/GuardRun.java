package dev.holdfast.deploy.planted;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import com.google.common.base.Throwables;
import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs test classes, or one method of a class, in a process of its own. Tells of each at its end in
 * a line: {@link #END}, a {@link Result}, milliseconds, and the test that failed.
 */
final class GuardRun {
  static final String END = "GUARD ENDS";

  /** The first argument that makes the first failure end the process. */
  static final String UNTIL_FAILURE = "until-failure";

  /** The other first argument. */
  static final String ALL = "all";

  /** What a node says when it does not get its port back, by another's doing. */
  private static final String PORT_TAKEN = "the port is in use";

  enum Result {
    PASSED,
    FAILED,
    /** There was no such test. */
    NO_TEST,
    /** Somebody else took its port: this tells nothing. */
    NO_PORT
  }

  private GuardRun() {}

  /**
   * Runs the tests and ends the process.
   *
   * @param args how far; then tests as {@code package.Class} or {@code package.Class#method}
   */
  public static void main(String[] args) throws ClassNotFoundException {
    for (String test : List.of(args).subList(1, args.length)) {
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(selectors(test))
              .configurationParameter(
                  "jqwik.database", System.getProperty("java.io.tmpdir") + "/jqwik")
              .configurationParameter("jqwik.reporting.onlyfailures", "true")
              .build();
      Listener listener = new Listener(args[0].equals(UNTIL_FAILURE));
      LauncherFactory.create().execute(request, listener);
      listener.tell();
    }
    end();
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
  private static void end() {
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static final class Listener implements TestExecutionListener {
    private final boolean untilFailure;
    private final long begin = System.nanoTime();
    private Result result = Result.NO_TEST;
    private String failed = "";

    Listener(boolean untilFailure) {
      this.untilFailure = untilFailure;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult of) {
      if (of.getStatus() == TestExecutionResult.Status.FAILED) {
        of.getThrowable().ifPresent(Throwable::printStackTrace);
        result =
            of.getThrowable().filter(Listener::isOfPort).isPresent()
                ? Result.NO_PORT
                : Result.FAILED;
        failed = name(test);
        if (untilFailure) {
          tell();
          end();
        }
      } else if (test.isTest() && result == Result.NO_TEST) {
        result = Result.PASSED;
      }
    }

    void tell() {
      long millis = (System.nanoTime() - begin) / 1_000_000;
      System.out.printf("%n%s %s %d %s%n", END, result, millis, failed);
    }

    private static boolean isOfPort(Throwable failure) {
      return String.valueOf(Throwables.getRootCause(failure).getMessage()).contains(PORT_TAKEN);
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
