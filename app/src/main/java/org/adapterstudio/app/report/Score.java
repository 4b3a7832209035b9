package org.adapterstudio.app.report;

/**
 * How a model did on held-out rows.
 *
 * @param loss mean over the answers' tokens
 * @param exactMatch share of greedy answers that equal the wanted one, 0 to 1
 */
public record Score(double loss, double exactMatch) {}
