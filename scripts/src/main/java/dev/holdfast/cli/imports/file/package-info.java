/**
 * Reads files as people have them (pipe, gzip, encoding, delimiter, quotes) into records of cells.
 */
@NullMarked
package dev.holdfast.cli.imports.file;

import org.jspecify.annotations.NullMarked;
