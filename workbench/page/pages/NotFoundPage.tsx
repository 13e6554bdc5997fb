import { LinkButton } from '@grafana/ui';
import { Page } from '../ui/Page';

export function NotFoundPage() {
  return (
    <Page title="Page not found" subTitle="Grafana may have a page at this address; the workbench has none.">
      <LinkButton href="/dashboards">To the dashboards</LinkButton>
    </Page>
  );
}
