/**
 * An Airflow on this machine, for a look and for a night that is tried. In: the DAGs of {@code airflow-dags/} and their pinned
 * requirements. Out: four processes on 127.0.0.1, found again by id and start, and an address. Next: {@code cli}.
 */
@NullMarked
package io.meterlake.airflow;

import org.jspecify.annotations.NullMarked;
