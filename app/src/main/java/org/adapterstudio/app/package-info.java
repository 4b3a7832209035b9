/** The program's entrance: decides between window and command line. Never imports the engine. */
package org.adapterstudio.app;
