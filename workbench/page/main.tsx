import { createRoot } from 'react-dom/client';
import { App } from './pages/App';
import { initServices } from './runtime/services';

/** Called by boot.ts once window.grafanaBootData is there. */
export async function main(): Promise<void> {
  await initServices();
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  createRoot(root).render(<App />);
}
