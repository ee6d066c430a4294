import { z } from 'zod';

// The page's policy forbids making code out of text, and a mere try is reported as a violation. zod asks while the first schema is made: before all others.
z.config({ jitless: true });
