/** Method cards: what the catalogue knows of each method without loading it. No DJL, no JavaFX. */
package org.adapterstudio.contract.method;
