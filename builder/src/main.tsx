import '@fontsource-variable/inter/index.css';
import '@mantine/core/styles.css';
import './ui/ground.css';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { App } from './app.js';
import { startTexts } from './i18n.js';

// The page's policy forbids making code out of text, and zod need not try.
z.config({ jitless: true });
startTexts();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(<App />);
