/**
 * The candidate index: which rules can match an event, found without Python.
 *
 * <p>A rule's syntax tree is compiled to closures over the event for that part of Python whose
 * meaning is reproduced here exactly. Where evaluating it so gives {@code False} the rule need not
 * run; whatever is not reproduced, or would raise, makes it a candidate.
 */
@NullMarked
package dev.caracal.rules.candidate;

import org.jspecify.annotations.NullMarked;
