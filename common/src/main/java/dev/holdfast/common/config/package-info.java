/**
 * Settings of a process: defaults, then a file, then the environment, then the command line, each
 * above the one before. An unknown, missing or out-of-range value stops the start.
 */
@NullMarked
package dev.holdfast.common.config;

import org.jspecify.annotations.NullMarked;
