import { renderTextPanelMarkdown, textUtil, type PanelProps } from '@grafana/data';
import { ScrollContainer } from '@grafana/ui';
import { standIn } from './standIn';

interface Options {
  mode: 'markdown' | 'html' | 'code';
  content: string;
}

function TextPanel({ options, replaceVariables }: PanelProps<Options>) {
  if (options.mode === 'code') return <pre>{replaceVariables(options.content)}</pre>;
  // Variables are replaced as HTML-escaped text before, and the whole is sanitised after.
  const content = replaceVariables(options.content, {}, 'html');
  const html = options.mode === 'html' ? textUtil.sanitizeTextPanelContent(content) : renderTextPanelMarkdown(content);
  return (
    <ScrollContainer>
      <div className="markdown-html" dangerouslySetInnerHTML={{ __html: html }} />
    </ScrollContainer>
  );
}

export const text = standIn<Options>({
  id: 'text',
  name: 'Text',
  panel: TextPanel,
  skipDataQuery: true,
  defaults: { mode: 'markdown', content: '' },
});
