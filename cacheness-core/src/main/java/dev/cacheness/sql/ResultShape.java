package dev.cacheness.sql;

import java.util.List;

/**
 * Makes something else of rows: a table, a data frame, a chart.
 *
 * @param <T> the type of a row
 * @param <R> what is made of them
 */
@FunctionalInterface
public interface ResultShape<T, R> {

    R of(List<T> rows);
}
