import { Page } from '../ui/Page';

export function ExplorePage() {
  return <Page title="ExplorePage">…</Page>;
}
