/**
 * Makes certificates for nodes, people and programs, for those without an authority of their own.
 */
@NullMarked
package dev.holdfast.cli.certs;

import org.jspecify.annotations.NullMarked;
