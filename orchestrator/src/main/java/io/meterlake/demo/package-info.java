/**
 * The files of a demo: a week of two utilities that do not exist, made from a seed. In: a
 * {@link io.meterlake.demo.SampleWeek}. Out: files as utilities send them, with gaps, estimates, errors and a later
 * correction. Next: the ingest, which takes them like any others.
 */
@NullMarked
package io.meterlake.demo;

import org.jspecify.annotations.NullMarked;
