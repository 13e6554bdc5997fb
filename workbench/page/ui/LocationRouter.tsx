import { locationService } from '@grafana/runtime';
import { useLayoutEffect, useState, type ReactNode } from 'react';
import { Router, type NavigationType, type Navigator } from 'react-router-dom';

/** React Router on locationService's history: plugins, scenes and links all move the one location. */
export function LocationRouter({ children }: { children: ReactNode }) {
  const history = locationService.getHistory();
  const [place, setPlace] = useState({ location: history.location, action: history.action });
  useLayoutEffect(() => history.listen((location, action) => setPlace({ location, action })), [history]);
  return (
    <Router location={place.location} navigationType={place.action as NavigationType} navigator={history as Navigator}>
      {children}
    </Router>
  );
}
