/** Measures the window, started by {@code app/bench/bench-charts}; no test runs it. */
package org.adapterstudio.app.bench;
