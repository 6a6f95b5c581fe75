package dev.caracal.rules.candidate;

import java.util.List;

/** Several arguments in the place of one, of a call with {@code *}. */
record Spread(List<Object> values) {}
