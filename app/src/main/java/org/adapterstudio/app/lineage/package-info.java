/**
 * Going on with a run: the dialog that lists what is restored, chosen and changed, and the family
 * of a run beside its charts. Must not import the engine's runtime.
 */
package org.adapterstudio.app.lineage;
