/** Files as people have them: pipe, gzip, encoding, delimiter and quotes → records of cells. */
@NullMarked
package dev.holdfast.cli.imports.file;

import org.jspecify.annotations.NullMarked;
