/**
 * The queue in the window: what waits in its order, what ended and why, quiet hours, the morning
 * report. It edits the queue's folder and asks for a keeper; it starts no run itself.
 */
package org.adapterstudio.app.queue;
