/**
 * XML, read safely and in bounded memory: no document type declaration, no entity from elsewhere, limits on depth and on
 * the length of whatever has to be in memory at once. In: an {@link java.io.InputStream}. Out: elements, one after the
 * other, and their text. Next: the formats that are written in XML.
 */
@NullMarked
package io.meterlake.format.xml;

import org.jspecify.annotations.NullMarked;
