/**
 * The chat drawer: a base and an adapter or checkpoint answer the same prompts side by side. Must
 * not import the shell.
 */
package org.adapterstudio.app.chat;
