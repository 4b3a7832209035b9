/** JSON and whole-file writing shared by every file the studio keeps. No DJL, no JavaFX. */
package org.adapterstudio.contract.json;
