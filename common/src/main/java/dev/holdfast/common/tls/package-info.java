/** Certificates of this process and of its peers: read, believed, renewed while it runs. */
@NullMarked
package dev.holdfast.common.tls;

import org.jspecify.annotations.NullMarked;
