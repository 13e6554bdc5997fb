// Lets Node run the TypeScript sources as they are, for tests: node --import ./source-hooks/register.mjs src/main.ts
import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);
