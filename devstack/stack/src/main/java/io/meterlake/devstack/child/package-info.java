/**
 * What runs inside the child processes. Nothing here may use a class from outside the JDK and this package: each child
 * has its server's class path and this package only.
 */
@NullMarked
package io.meterlake.devstack.child;

import org.jspecify.annotations.NullMarked;
