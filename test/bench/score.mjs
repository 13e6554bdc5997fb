#!/usr/bin/env node
// Precision and recall of detection, as npm run score prints them, and what psad says of the same lines.
import '../score/psad.mjs';
import '../score/score.mjs';
