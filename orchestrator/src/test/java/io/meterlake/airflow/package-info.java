/** Tests of {@code io.meterlake.airflow}. */
@NullMarked
package io.meterlake.airflow;

import org.jspecify.annotations.NullMarked;
