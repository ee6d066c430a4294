import './no-eval.js';
import '@fontsource-variable/inter/index.css';
import '@mantine/core/styles.css';
import './ui/ground.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { startTexts } from './i18n.js';
import { keepPlace } from './ui/keep-place.js';

startTexts();
keepPlace(document);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(<App />);
