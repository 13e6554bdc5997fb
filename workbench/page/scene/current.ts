import type { SceneObject } from '@grafana/scenes';

declare global {
  interface Window {
    /** The scene on screen; Grafana and scenes use the same name. */
    __grafanaSceneContext?: SceneObject;
  }
}

/** Makes a scene the one whose variables and time range stand for "the page"; the result takes it back. */
export function showScene(scene: SceneObject): () => void {
  const before = window.__grafanaSceneContext;
  window.__grafanaSceneContext = scene;
  return () => {
    if (window.__grafanaSceneContext === scene) window.__grafanaSceneContext = before;
  };
}
