/**
 * What this machine remembers of its imports: enough to notice that a file was imported before, and
 * what became of its lines once the nodes have forgotten it.
 */
@NullMarked
package dev.holdfast.cli.imports.ledger;

import org.jspecify.annotations.NullMarked;
