/** Published weaknesses of libraries, compared with the libraries that are here. */
@NullMarked
package dev.holdfast.deploy.advisories;

import org.jspecify.annotations.NullMarked;
