package dev.holdfast.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a command on an aggregator: its errors point to the aggregator, not to the stores. */
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Target(ElementType.TYPE)
public @interface OnAggregator {
  /** The command that shows what there is. */
  String whatThereIs();
}
