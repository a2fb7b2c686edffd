package dev.holdfast.deploy;

import dev.holdfast.deploy.cluster.SystemTestSettings;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test that runs the image; skipped, with the reason, where there is none. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SystemTest.ImageIsThere.class)
public @interface SystemTest {

  /** Asks what the build found out; never Docker itself, which may take minutes to say no. */
  final class ImageIsThere implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String skipped = SystemTestSettings.load().skipped();
      return skipped.isEmpty()
          ? ConditionEvaluationResult.enabled("the image is there")
          : ConditionEvaluationResult.disabled(skipped);
    }
  }
}
