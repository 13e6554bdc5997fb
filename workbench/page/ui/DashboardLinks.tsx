import { locationService } from '@grafana/runtime';
import { sceneGraph, sceneUtils } from '@grafana/scenes';
import { Dropdown, Menu, ToolbarButton } from '@grafana/ui';
import { useState } from 'react';
import { linkUrl, safeUrl, type Carried, type Link } from '../model/links';
import type { DashboardScene } from '../scene/dashboardScene';
import { useRequest } from './useRequest';

interface Found {
  uid: string;
  title: string;
  url: string;
}

/** The dashboard's links: to addresses, or to the other dashboards of some tags. */
export function DashboardLinks({ links, scene }: { links: Link[]; scene: DashboardScene }) {
  return links.map((link, i) => <LinkItem key={i} link={link} scene={scene} />);
}

function LinkItem({ link, scene }: { link: Link; scene: DashboardScene }) {
  if (link.type === 'dashboards') return <TaggedDashboards link={link} scene={scene} />;
  const url = safeUrl(sceneGraph.interpolate(scene, link.url));
  if (!url) return null;
  return (
    <ToolbarButton icon="external-link-alt" tooltip={link.tooltip} onClick={() => open(url, link, scene)}>
      {sceneGraph.interpolate(scene, link.title)}
    </ToolbarButton>
  );
}

function TaggedDashboards({ link, scene }: { link: Link; scene: DashboardScene }) {
  const query = link.tags.map((tag) => `tag=${encodeURIComponent(tag)}`).join('&');
  const request = useRequest<Found[]>(`/api/search?${query}`);
  const [isOpen, setOpen] = useState(false);
  const found = request.state === 'done' ? request.data.filter(({ uid }) => uid !== scene.state.dashboard.uid) : [];
  if (!link.asDropdown) {
    return found.map(({ uid, title, url }) => (
      <ToolbarButton key={uid} icon="apps" onClick={() => open(url, link, scene)}>
        {title}
      </ToolbarButton>
    ));
  }
  const menu = (
    <Menu>
      {found.length === 0 && <Menu.Item label="No other dashboards" disabled />}
      {found.map(({ uid, title, url }) => (
        <Menu.Item key={uid} label={title} onClick={() => open(url, link, scene)} />
      ))}
    </Menu>
  );
  return (
    <Dropdown overlay={menu} placement="bottom-end" onVisibleChange={setOpen}>
      <ToolbarButton icon="bars" tooltip={link.tooltip} isOpen={isOpen}>
        {link.title}
      </ToolbarButton>
    </Dropdown>
  );
}

function open(url: string, link: Link, scene: DashboardScene): void {
  const target = linkUrl(url, link, carried(scene));
  if (link.newTab || !target.startsWith('/')) window.open(target, link.newTab ? '_blank' : '_self', 'noopener');
  else locationService.push(target);
}

function carried(scene: DashboardScene): Carried {
  const { from, to } = sceneGraph.getTimeRange(scene).state;
  const search = sceneUtils.getUrlState(scene);
  const variables: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(search)) {
    if (name.startsWith('var-')) variables[name] = [value ?? []].flat();
  }
  const timezone = search.timezone;
  return { from, to, timezone: typeof timezone === 'string' ? timezone : undefined, variables };
}
