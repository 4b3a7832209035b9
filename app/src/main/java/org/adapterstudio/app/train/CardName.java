package org.adapterstudio.app.train;

/** The five cards of the form, from top to bottom. */
public enum CardName {
  /** The base model. */
  BASE,
  /** Training and held-out rows. */
  DATA,
  /** The adapter method and its settings. */
  METHOD,
  /** Steps, batch, learning rate. */
  SCHEDULE,
  /** Name, place, checkpoints, sample prompts. */
  OUTPUT
}
