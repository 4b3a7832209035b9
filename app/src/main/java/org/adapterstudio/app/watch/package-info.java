/**
 * What happens to runs while nobody looks: read from their folders, told once, in the window and by
 * the system's own notices.
 */
package org.adapterstudio.app.watch;
