/** The interactive engine: requests in, replies out, one JSON object a line. */
package org.adapterstudio.engine.serve;
