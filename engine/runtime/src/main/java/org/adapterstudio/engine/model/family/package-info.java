/**
 * From a Hugging Face {@code config.json} to a network, by the family's spec (data in the
 * contract's {@code families} folder). Must not import loaded models.
 */
package org.adapterstudio.engine.model.family;
