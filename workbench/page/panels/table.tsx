import { cacheFieldDisplayNames, getFrameDisplayName, type PanelProps } from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import { TableCellHeight, type TableOptions } from '@grafana/schema';
import { Combobox, usePanelContext } from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';
import { standIn } from './standIn';

type Options = Pick<TableOptions, 'showHeader' | 'cellHeight' | 'frameIndex' | 'sortBy' | 'enablePagination'>;

const PICKER_HEIGHT = 40;

function TablePanel(props: PanelProps<Options>) {
  const { data, width, height, options, onOptionsChange, timeRange, fieldConfig, id, transparent } = props;
  const { onAddAdHocFilter } = usePanelContext();
  const frames = data.series.filter((frame) => frame.fields.length > 0);
  const index = Math.min(options.frameIndex, frames.length - 1);
  const frame = frames[index];
  if (!frame) return <PanelDataErrorView panelId={id} fieldConfig={fieldConfig} data={data} />;
  // TableNG takes names from there, and only from there names that options or transformations give.
  cacheFieldDisplayNames(frames);
  const several = frames.length > 1;
  return (
    <>
      <TableNG
        data={frame}
        width={width}
        height={several ? height - PICKER_HEIGHT : height}
        noHeader={!options.showHeader}
        showTypeIcons={false}
        resizable
        sortBy={options.sortBy}
        onSortByChange={(sortBy) => onOptionsChange({ ...options, sortBy })}
        onCellFilterAdded={onAddAdHocFilter}
        enablePagination={options.enablePagination}
        cellHeight={options.cellHeight}
        structureRev={data.structureRev}
        timeRange={timeRange}
        fieldConfig={fieldConfig}
        transparent={transparent}
        noValue={fieldConfig.defaults.noValue}
      />
      {several && (
        <Combobox
          options={frames.map((each, value) => ({ value, label: getFrameDisplayName(each, value) }))}
          value={index}
          onChange={({ value }) => onOptionsChange({ ...options, frameIndex: value })}
        />
      )}
    </>
  );
}

export const table = standIn<Options>({
  id: 'table',
  name: 'Table',
  panel: TablePanel,
  custom: {
    width: undefined,
    minWidth: 50,
    align: 'auto',
    cellOptions: { type: 'auto' },
    inspect: false,
    filterable: undefined,
    hideFrom: { viz: false },
    wrapText: undefined,
    wrapHeaderText: undefined,
    footer: { reducers: [] },
    tooltip: undefined,
  },
  defaults: { showHeader: true, cellHeight: TableCellHeight.Sm, frameIndex: 0, sortBy: [] },
});
