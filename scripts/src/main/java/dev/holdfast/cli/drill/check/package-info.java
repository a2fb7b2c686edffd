/**
 * Checkers of recorded histories: by the positions in the answers, and by a search that ignores
 * them.
 */
@NullMarked
package dev.holdfast.cli.drill.check;

import org.jspecify.annotations.NullMarked;
