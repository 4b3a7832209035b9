/**
 * What a person can do in the window: each action once, with its keys, its words (message {@code
 * act.NAME}) and where it holds. Menus, tooltips, palette, help and settings all read it here.
 */
package org.adapterstudio.app.action;
