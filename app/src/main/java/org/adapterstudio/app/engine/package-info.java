/** Talks to engine processes: requests to the interactive one, launches of training ones. */
package org.adapterstudio.app.engine;
