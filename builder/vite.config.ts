import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { port: 5199, strictPort: true, proxy: { '/api': { target: process.env.API_URL ?? 'http://127.0.0.1:3000' } } },
  worker: { format: 'es', rolldownOptions: { output: { strictExecutionOrder: true } } },
  build: {
    outDir: '../dist/builder',
    emptyOutDir: true,
    sourcemap: false,
    chunkSizeWarningLimit: 700,
    // Modules run in the order of their imports, whatever chunk they come in: no-eval.ts must be before all schemas.
    rolldownOptions: { output: { strictExecutionOrder: true } },
  },
});
