import * as emotionCss from '@emotion/css';
import * as emotionReact from '@emotion/react';
import * as grafanaData from '@grafana/data';
import * as grafanaDataUnstable from '@grafana/data/unstable';
import * as grafanaRuntime from '@grafana/runtime';
import * as grafanaRuntimeUnstable from '@grafana/runtime/unstable';
import * as grafanaUi from '@grafana/ui';
import * as grafanaUiUnstable from '@grafana/ui/unstable';
import * as i18next from 'i18next';
import * as lodash from 'lodash';
import * as moment from 'moment';
import * as react from 'react';
import * as reactJsxDevRuntime from 'react/jsx-dev-runtime';
import * as reactJsxRuntime from 'react/jsx-runtime';
import * as reactDom from 'react-dom';
import * as reactDomClient from 'react-dom/client';
import * as reactRouter from 'react-router';
import * as reactRouterDom from 'react-router-dom';
import * as rxjs from 'rxjs';
import * as rxjsOperators from 'rxjs/operators';

/** A CommonJS package: AMD code wants the exports object itself, with `default` on it as well. */
function commonJs(namespace: object): System.Module {
  const inner = 'default' in namespace && namespace.default ? (namespace.default as object) : namespace;
  return { ...inner, default: inner, __useDefault: true };
}

const esm = (namespace: object): System.Module => ({ ...namespace, __esModule: true });

/**
 * What plugins find outside their bundle: the list of create-plugin's externals, without those that nothing here
 * brings along (jquery, slate, d3, redux, angular).
 */
export const sharedModules: Record<string, System.Module> = {
  react: commonJs(react),
  'react-dom': commonJs(reactDom),
  'react-dom/client': commonJs(reactDomClient),
  'react/jsx-runtime': commonJs(reactJsxRuntime),
  'react/jsx-dev-runtime': commonJs(reactJsxDevRuntime),
  'react-router': esm(reactRouter),
  'react-router-dom': esm(reactRouterDom),
  lodash: commonJs(lodash),
  moment: commonJs(moment),
  i18next: esm(i18next),
  rxjs: esm(rxjs),
  'rxjs/operators': esm(rxjsOperators),
  '@emotion/css': esm(emotionCss),
  '@emotion/react': esm(emotionReact),
  '@grafana/data': esm(grafanaData),
  '@grafana/data/unstable': esm(grafanaDataUnstable),
  '@grafana/runtime': esm(grafanaRuntime),
  '@grafana/runtime/unstable': esm(grafanaRuntimeUnstable),
  '@grafana/ui': esm(grafanaUi),
  '@grafana/ui/unstable': esm(grafanaUiUnstable),
};
