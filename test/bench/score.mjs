#!/usr/bin/env node
// Precision and recall of detection, as npm run score prints them.
await import('../score/score.mjs');
