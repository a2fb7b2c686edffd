/**
 * How a process learns its settings: defaults, then a file, then the environment, then the command
 * line, each above the one before. What is unknown, missing or out of range stops the start.
 */
@NullMarked
package dev.holdfast.common.config;

import org.jspecify.annotations.NullMarked;
